"""Users, offices and what a user is in an office, from when until when."""

import hashlib
import secrets
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

CLERK: Final = "clerk"
REGISTRAR: Final = "registrar"
BAILIFF: Final = "bailiff"
SENIOR_BAILIFF: Final = "senior_bailiff"
HEAD: Final = "head"
PROSECUTOR: Final = "prosecutor"
AUDITOR: Final = "auditor"
ADMINISTRATOR: Final = "administrator"
ROLES: Final = (
    CLERK,
    REGISTRAR,
    BAILIFF,
    SENIOR_BAILIFF,
    HEAD,
    PROSECUTOR,
    AUDITOR,
    ADMINISTRATOR,
)

#: What the papers of an office print beside its name.
DETAILS: Final = ("address_kk", "address_ru", "phone", "bin", "iban", "bank", "bic")


class Office(models.Model):
    """A bailiffs' office with its territory, a body that issues or supervises, or whom the office
    writes to: a bank, a registry, the police, an organisation."""

    class Kind(models.TextChoices):
        """What the office is."""

        BAILIFF = "bailiff"
        COURT = "court"
        PROSECUTOR = "prosecutor"
        NOTARY = "notary"
        BODY = "body"
        BANK = "bank"
        REGISTRY = "registry"
        POLICE = "police"
        ORGANISATION = "organisation"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    place_kk = models.CharField(max_length=100, blank=True)
    place_ru = models.CharField(max_length=100, blank=True)
    #: What its papers print beside its name: where it is found, and where a debtor pays.
    address_kk = models.CharField(max_length=300, blank=True, default="", db_default="")
    address_ru = models.CharField(max_length=300, blank=True, default="", db_default="")
    phone = models.CharField(max_length=60, blank=True, default="", db_default="")
    bin = models.CharField(max_length=12, blank=True, default="", db_default="")
    #: Its deposit account, the bank that keeps it and the bank's code.
    iban = models.CharField(max_length=34, blank=True, default="", db_default="")
    bank = models.CharField(max_length=300, blank=True, default="", db_default="")
    bic = models.CharField(max_length=11, blank=True, default="", db_default="")
    territory = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    #: Whether it takes messages of the outbox, so that a letter reaches it the same day.
    online = models.BooleanField(default=False, db_default=False)
    #: Who entered it into the directory, and when; none of what came with the office.
    added_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(null=True)
    supervises = models.ManyToManyField(
        "self", symmetrical=False, related_name="supervised_by", blank=True
    )

    def __str__(self) -> str:
        return self.code

    def name(self, language: str) -> str:
        """The office's name: Russian for `ru`, Kazakh otherwise."""
        return self.name_ru if language.startswith("ru") else self.name_kk

    @property
    def lacking(self) -> list[str]:
        """Which of the details its papers print nobody entered yet; of bailiffs' offices alone."""
        own = self.kind == self.Kind.BAILIFF
        return [name for name in DETAILS if own and not getattr(self, name)]

    @property
    def issues(self) -> bool:
        """Whether executive documents come from here."""
        return self.kind in ISSUING


#: The offices that executive documents come from.
ISSUING: Final = (Office.Kind.COURT, Office.Kind.NOTARY, Office.Kind.PROSECUTOR, Office.Kind.BODY)


class UserManager(BaseUserManager["User"]):
    """Creates users; logins are case-insensitive."""

    def create_user(self, login: str, password: str | None = None, **fields: Any) -> "User":
        """A user who may sign in with `password` (none: only by token)."""
        user = self.model(login=login.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by login, whatever its case."""
        return self.get(login=(username or "").lower())


class User(AbstractBaseUser):
    """A person, or a system that acts by token."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=300)
    #: Where the daily digest goes; empty: nowhere.
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()
    #: What accounts.queries read of him once in a request.
    _memberships: "list[Membership]"

    def __str__(self) -> str:
        return self.login


class Membership(models.Model):
    """What a user is in an office, [since, until)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=[(role, role) for role in ROLES])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "office", "role", "since"], name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.office_id}"

    def holds(self, on: date) -> bool:
        """Whether the membership holds on `on`."""
        return self.since <= on and (self.until is None or on < self.until)


class ApiToken(models.Model):
    """A key to the API; only its SHA-256 is kept. It acts as its user, within its scopes."""

    class Scope:
        """For what a token is; one without any does whatever its user may."""

        CASES = "cases"
        SUBMIT = "submit"
        SANCTIONS = "sanctions"
        DECIDE = "decide"
        SUPERVISION = "supervision"
        CHANGES = "changes"

    #: How much of a secret is kept to know it by.
    SHOWN: ClassVar = 12

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    #: When it was used last, to the minute.
    used_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def holds(self) -> bool:
        """Whether it opens the API now."""
        return not self.revoked_at and not (self.expires_at and self.expires_at <= timezone.now())

    def opens(self, scope: str) -> bool:
        """Whether it is for this; one without scopes is for everything."""
        return not self.scopes or scope in self.scopes

    @staticmethod
    def digest_of(secret: str) -> str:
        """What is stored of a secret."""
        return hashlib.sha256(secret.encode()).hexdigest()

    @classmethod
    def issue(cls, user: User, *, name: str, **limits: Any) -> tuple["ApiToken", str]:
        """A new token and its secret, which is shown once and never stored.

        `limits`: `expires_at`, `scopes`, `issued_by`.
        """
        secret = "ory_" + secrets.token_urlsafe(32)
        digest = cls.digest_of(secret)
        token = cls.objects.create(
            user=user, name=name, prefix=secret[: cls.SHOWN], digest=digest, **limits
        )
        return token, secret

    @staticmethod
    def midnight(until: date | None) -> datetime | None:
        """When a token ends that is void from a day on; ValueError for a day that has come."""
        if until is None:
            return None
        ends = timezone.make_aware(datetime.combine(until, time()))
        if ends <= timezone.now():
            raise ValueError(until)
        return ends

    def revoke(self, *, by: User | None = None) -> None:
        """End it at once."""
        self.revoked_at, self.revoked_by = timezone.now(), by
        self.save(update_fields=["revoked_at", "revoked_by"])

    def renew(self, *, after: timedelta, by: User | None = None) -> tuple["ApiToken", str]:
        """Another of the same limits in its place; both hold until the old one ends."""
        limits = {"expires_at": self._lasts(), "scopes": self.scopes, "issued_by": by}
        found = ApiToken.issue(self.user, name=self.name, **limits)
        ends = timezone.now() + after
        self.expires_at = min(self.expires_at or ends, ends)
        self.save(update_fields=["expires_at"])
        return found

    def _lasts(self) -> datetime | None:
        """Until when one in its place holds: as long as it does."""
        if self.expires_at is None:
            return None
        return timezone.now() + (self.expires_at - self.created_at)

    def used(self) -> None:
        """Keep when it was used, once a minute."""
        now = timezone.now()
        if self.used_at is None or now - self.used_at > timedelta(minutes=1):
            ApiToken.objects.filter(pk=self.pk).update(used_at=now)


#: Every scope a token can have.
SCOPES: Final = (
    ApiToken.Scope.CASES,
    ApiToken.Scope.SUBMIT,
    ApiToken.Scope.SANCTIONS,
    ApiToken.Scope.DECIDE,
    ApiToken.Scope.SUPERVISION,
    ApiToken.Scope.CHANGES,
)


class SignInAttempt(models.Model):
    """A password asked for and given, kept to slow guessing down and for the auditor."""

    class Purpose:
        """What it was asked for: to come in, or to sign an act."""

        SIGN_IN = "sign_in"
        SIGN_ACT = "sign_act"

    purpose = models.CharField(max_length=16, default=Purpose.SIGN_IN, db_default=Purpose.SIGN_IN)
    login = models.CharField(max_length=150)
    address = models.GenericIPAddressField(null=True)
    succeeded = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["login", "at"], name="sign_in_by_login")]

    def __str__(self) -> str:
        return f"{self.login} {self.at}"
