"""What a user is, and where, on a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import ADMINISTRATOR, ISSUING, PROSECUTOR, Membership, Office, User


def memberships(user: User, *, on: date) -> list[Membership]:
    """The memberships that hold on `on`, with their offices; read once a request."""
    cached: list[Membership] | None = getattr(user, "_memberships", None)
    if cached is None:
        cached = list(_known(user.pk))
        user._memberships = cached
    return [membership for membership in cached if membership.holds(on)]


def with_memberships(user_id: UUID) -> User | None:
    """The user, his memberships read with him; None for a user who never had one."""
    known = list(_known(user_id).select_related("office", "user"))
    if not known:
        return None
    user = known[0].user
    user._memberships = known
    return user


def _known(user_id: UUID) -> QuerySet[Membership]:
    held = Membership.objects.filter(user=user_id).select_related("office")
    return held.order_by("office__code", "role")


def systems(by: User, *, on: date) -> list[User]:
    """The systems whose tokens somebody gives: he administers every office that they reach.

    A system of a court hands documents in to all of them.
    """
    own = {each.pk for each in offices_of(by, {ADMINISTRATOR}, on=on)}
    if not own:
        return []
    everywhere = set(bailiff_offices().values_list("pk", flat=True))
    held = Membership.objects.select_related("user", "office")
    found: dict[User, set[UUID]] = {}
    for each in held.prefetch_related("office__supervises").order_by("user__login"):
        if not each.user.has_usable_password() and each.holds(on):
            found.setdefault(each.user, set()).update(_reached(each, everywhere))
    return [user for user, offices in found.items() if offices <= own]


def _reached(held: Membership, everywhere: set[UUID]) -> set[UUID]:
    """The bailiffs' offices of whose cases a membership can tell."""
    if held.role == PROSECUTOR:
        return {office.pk for office in held.office.supervises.all()}
    return {held.office_id} if held.office.kind == Office.Kind.BAILIFF else everywhere


def sign_ins(*, on: date) -> list[Membership]:
    """Who can sign in with a password, each person once: what a demo tells at its door."""
    held = Membership.objects.select_related("user").order_by("pk")
    people = {m.user_id: m for m in held if m.user.has_usable_password() and m.holds(on)}
    return list(people.values())


def roles_in(user: User, office_id: UUID, *, on: date) -> set[str]:
    """The user's roles in one office on that day; a prosecutor's, where his office supervises."""
    held = memberships(user, on=on)
    roles = {m.role for m in held if m.office_id == office_id}
    supervising = [m.office_id for m in held if m.role == PROSECUTOR]
    if supervising and Office.objects.filter(pk__in=supervising, supervises=office_id).exists():
        roles.add(PROSECUTOR)
    return roles


def supervising(user: User, office_id: UUID, *, on: date) -> Office:
    """The prosecutor's office in which the user supervises an office on that day."""
    held = [m.office_id for m in memberships(user, on=on) if m.role == PROSECUTOR]
    return Office.objects.filter(pk__in=held, supervises=office_id).order_by("code")[0]


def supervisors(office_id: UUID) -> QuerySet[Office]:
    """The prosecutors' offices that supervise an office."""
    return Office.objects.filter(supervises=office_id).order_by("code")


def offices_of(user: User, roles: Iterable[str], *, on: date) -> list[Office]:
    """The offices where the user holds one of `roles`."""
    wanted = set(roles)
    found = {m.office_id: m.office for m in memberships(user, on=on) if m.role in wanted}
    return list(found.values())


def holders(office_id: UUID, roles: Iterable[str], *, on: date) -> list[User]:
    """Who holds one of `roles` in an office on that day, by name."""
    held = Membership.objects.filter(office=office_id, role__in=set(roles)).select_related("user")
    found = {m.user_id: m.user for m in held.order_by("user__full_name") if m.holds(on)}
    return list(found.values())


def bailiff_offices() -> QuerySet[Office]:
    """The offices executive documents are addressed to."""
    return Office.objects.filter(kind=Office.Kind.BAILIFF).order_by("code")


def issuers() -> QuerySet[Office]:
    """The courts and bodies executive documents come from."""
    return Office.objects.filter(kind__in=ISSUING).order_by("code")


def directory() -> QuerySet[Office]:
    """Whoever the office writes to: issuers, banks, registries, the police, organisations."""
    return Office.objects.exclude(kind=Office.Kind.BAILIFF).order_by("code")
