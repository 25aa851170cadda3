"""The shapes of the API as its documentation shows them (docs/openapi.yaml); they parse nothing.

What comes in is read by documents.shape, what goes out is built in enforcement.serializers.case.
"""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.plumbing import build_bearer_security_scheme_object
from rest_framework import serializers as s


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the documentation describes our tokens."""

    target_class = "accounts.authentication.BearerTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """A bearer token in the Authorization header."""
        found: dict[str, str] = build_bearer_security_scheme_object("Authorization", "Bearer")
        return found


class PeriodicSchema(s.Serializer[object]):
    """Payments that come again."""

    kind = s.CharField(required=False)
    share = s.CharField(required=False, help_text="such as 1/4 of the income")
    since = s.DateField(required=False)
    until = s.DateField(required=False)


class DebtSchema(s.Serializer[object]):
    """What is owed; parties by their index."""

    claimant = s.IntegerField()
    debtors = s.ListField(child=s.IntegerField())
    joint = s.BooleanField(required=False)
    amount = s.CharField(required=False, help_text="decimal, in tenge")
    act = s.CharField(required=False, help_text="an act to perform instead of money")
    periodic = PeriodicSchema(required=False)


class PartySchema(s.Serializer[object]):
    """A claimant or debtor as the document names him."""

    kind = s.ChoiceField(["natural", "legal"], required=False)
    name = s.CharField(required=False)
    name_kk = s.CharField(required=False)
    name_ru = s.CharField(required=False)
    iin = s.CharField(required=False)
    bin = s.CharField(required=False)
    iin_as_written = s.CharField(required=False, help_text="a wrong number, as on the paper")
    bin_as_written = s.CharField(required=False, help_text="a wrong number, as on the paper")
    iin_missing_reason = s.CharField(required=False)
    birth_date = s.DateField(required=False)
    city = s.CharField(required=False)
    address_kk = s.CharField(required=False)
    address_ru = s.CharField(required=False)
    iban = s.CharField(required=False)
    workplace = s.CharField(required=False)


class ApplicationSchema(s.Serializer[object]):
    """The claimant's application."""

    on = s.DateField(required=False)
    channel = s.ChoiceField(["claimant", "court", "issuer"], required=False)


class DocumentSchema(s.Serializer[object]):
    """An executive document; what the paper does not show is left out."""

    ref = s.CharField(help_text="the sender's own key")
    office = s.CharField(help_text="code of the bailiffs' office")
    type = s.CharField(help_text="DOC-TYPE-01 to DOC-TYPE-09")
    issuer = s.CharField(required=False, help_text="code of the court or body")
    case_number = s.CharField(required=False)
    decision_on = s.DateField(required=False)
    in_force_on = s.DateField(required=False)
    issued_on = s.DateField(required=False)
    deferred_until = s.DateField(required=False)
    immediate = s.BooleanField(required=False)
    sealed = s.BooleanField(required=False)
    no_objection = s.BooleanField(required=False)
    duplicate = s.CharField(required=False)
    part = s.CharField(required=False)
    language = s.ChoiceField(["kk", "ru"], required=False)
    operative = s.CharField(required=False)
    application = ApplicationSchema(required=False)
    claimants = PartySchema(many=True, required=False)
    debtors = PartySchema(many=True, required=False)
    debts = DebtSchema(many=True, required=False)


class StepSchema(s.Serializer[object]):
    """A row of the ledger behind a date; `until` is inclusive."""

    on = s.DateField()
    until = s.DateField()
    kind = s.ChoiceField(["start", "counted", "not_counted", "paused", "rolled", "due"])
    why = s.CharField()
    n = s.IntegerField()


class DeadlineSchema(s.Serializer[object]):
    """A term of the case."""

    rule = s.CharField()
    scope = s.CharField()
    starts_on = s.DateField()
    due_on = s.DateField(allow_null=True)
    safe_on = s.DateField(allow_null=True, help_text="duties of the office: last working day")
    status = s.ChoiceField(["running", "paused", "met", "expired", "cancelled"])
    days_left = s.IntegerField(allow_null=True)
    provisional = s.BooleanField()
    steps = StepSchema(many=True, required=False)


class ReceiptSchema(s.Serializer[object]):
    """The answer to a document handed in."""

    id = s.UUIDField()
    case = s.UUIDField()
    number = s.CharField()
    ref = s.CharField()
    state = s.CharField()
    verdict = s.DictField(help_text="as `manage.py check_documents` gives it")
    deadlines = DeadlineSchema(many=True)


class DeadlinesSchema(s.Serializer[object]):
    """The terms of a case."""

    deadlines = DeadlineSchema(many=True)


class HeadedSchema(s.Serializer[object]):
    """What an office has under a number; `head`: the hash of the case's last entry, the ETag."""

    id = s.UUIDField()
    number = s.CharField()
    office = s.CharField()
    head = s.CharField()


class CaseSchema(HeadedSchema):
    """A case; `head` is the hash of its last entry and the ETag."""

    rule_set = s.CharField()
    opened_on = s.DateField()
    presentations = s.ListField(child=s.DictField())
    deadlines = DeadlineSchema(many=True)


class EntrySchema(s.Serializer[object]):
    """A journal line with its place in the chain."""

    seq = s.IntegerField()
    kind = s.CharField()
    on = s.DateField()
    happened_at = s.DateTimeField(allow_null=True)
    recorded_at = s.DateTimeField()
    by = s.UUIDField(allow_null=True)
    state_after = s.CharField()
    body = s.DictField()
    corrects = s.IntegerField(allow_null=True)
    prev = s.CharField()
    hash = s.CharField()


class JournalSchema(s.Serializer[object]):
    """Lines of a journal; `next` is the line to go on after, null at the end."""

    entries = EntrySchema(many=True)
    next = s.IntegerField(allow_null=True)


class FactSchema(s.Serializer[object]):
    """A fact that failed."""

    name = s.CharField()
    value = s.CharField()
    needed = s.CharField()


class FieldErrorSchema(s.Serializer[object]):
    """A value that cannot be."""

    field = s.CharField()
    code = s.CharField()
    message = s.CharField()


class PossibleSchema(s.Serializer[object]):
    """A step that is possible instead."""

    verb = s.CharField()
    title = s.CharField()


class ProblemSchema(s.Serializer[object]):
    """A refusal: application/problem+json in the language of Accept-Language."""

    type = s.CharField()
    title = s.CharField()
    status = s.IntegerField()
    code = s.CharField()
    rule = s.CharField(allow_null=True)
    article = s.CharField(allow_null=True)
    detail = s.CharField()
    facts = FactSchema(many=True)
    errors = FieldErrorSchema(many=True)
    possible = PossibleSchema(many=True)


class SanctionSchema(HeadedSchema):
    """A freeze that needs the prosecutor's sanction; sums in tenge, `head` for If-Match."""

    case = s.UUIDField()
    state = s.CharField()
    kind = s.CharField()
    target = s.CharField()
    bank = s.CharField()
    account = s.CharField()
    cap = s.CharField()
    debtor = s.CharField()
    requested_on = s.DateField()
    decided_on = s.DateField(allow_null=True)
    sanction_number = s.CharField()
    refusal_reason = s.CharField()


class SanctionsSchema(s.Serializer[object]):
    """Requests, oldest first, a page at most; `next` is the address of the next page."""

    results = SanctionSchema(many=True)
    next = s.URLField(allow_null=True)


class GrantSchema(s.Serializer[object]):
    """The prosecutor's act; without a number the office's register gives the next one."""

    number = s.CharField(required=False, allow_blank=True)


class RefuseSchema(s.Serializer[object]):
    """Why not."""

    reason = s.CharField()
