"""How a state or a verdict looks on a badge: its tone and its icon."""

from typing import Final, NamedTuple

from django import template

register = template.Library()


class Look(NamedTuple):
    """A tone of static/css/base.css and an icon of static/icons/icons.svg."""

    tone: str
    icon: str


#: What has ended, and what nobody names.
ENDED: Final = Look("calm", "stop")

STATES: Final = {
    "received": Look("info", "tray"),
    "admitted": Look("good", "play"),
    "initiated": Look("good", "play"),
    "suspended": Look("still", "pause"),
    "returned_defective": Look("warn", "back"),
    "returned": Look("warn", "back"),
    "refused_late": Look("bad", "late"),
    "sent_on": Look("calm", "forward"),
    "transferred": Look("calm", "forward"),
    "sent_to_liquidation": Look("calm", "forward"),
    "already_received": Look("calm", "copy"),
    "requested": Look("warn", "clock"),
    "approved": Look("good", "check"),
    "declined": Look("bad", "cross"),
    "sanctioned": Look("info", "check"),
    "served": Look("good", "lock"),
    "sanction_refused": Look("bad", "cross"),
    "lifted": Look("calm", "cross"),
    "lodged": Look("warn", "clock"),
    "granted": Look("good", "check"),
    "granted_in_part": Look("good", "check"),
    "refused": Look("bad", "cross"),
    "awaited": Look("info", "clock"),
    "answered": Look("good", "check"),
    "file_returned": Look("good", "check"),
    "unmet": Look("bad", "alert"),
    "withdrawn": ENDED,
    "misrecorded": ENDED,
    "replaced": ENDED,
    "annulled": ENDED,
    "terminated": ENDED,
}

VERDICTS: Final = {
    "accept": Look("good", "check"),
    "defective": Look("warn", "alert"),
    "late": Look("bad", "late"),
    "wrong_territory": Look("info", "place"),
    "already_received": Look("calm", "copy"),
}
#: A document that cannot be judged.
INVALID: Final = Look("bad", "cross")


@register.filter
def state_look(state: str) -> Look:
    """The look of a state of an arrival, a proceeding, a measure, of what waits for an answer."""
    return STATES.get(state, ENDED)


@register.filter
def verdict_look(verdict: str) -> Look:
    """The look of a verdict on a document."""
    return VERDICTS.get(verdict, INVALID)
