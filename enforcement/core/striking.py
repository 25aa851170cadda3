"""A line of what was handed in, asked, said or assigned is annulled: it stays, and is marked."""

from typing import Any, Final

from enforcement.core.act import Act, decide
from enforcement.core.card import lines, writing
from enforcement.core.step import reload
from enforcement.core.subject import ORDER
from journal.models import Entry
from law.refusal import Kind, Refusal

#: The act of a court or prosecutor by which it is annulled, as a piece of evidence.
DECIDING_ACT: Final = "deciding_act"


def take_back(act: Act[Any], wrong: Entry, *, by: str) -> Entry:
    """Annul the line on its own thing, `by` whose authority: an answer, a withdrawal or a beginning
    moves the thing back; what only tells something moves nothing. 403 where it is the challenge of
    the person who acts."""
    told, verb = lines()[wrong.kind][1], writing("record_corrected")
    model, _order = ORDER[wrong.machine]
    thing: Any = reload(model.objects.get(pk=str(wrong.subject)), act.case)
    if getattr(thing, "concerned_id", None) == act.by.pk:
        rule = act.law.submissions[thing.kind].rule.id
        raise Refusal("own_recusal", kind=Kind.NOT_YOURS, rule=rule)
    body: dict[str, Any] = {"corrects": wrong.seq, "by": by}
    if told.born:
        own = act.on_another(thing, verb, f"void_{wrong.machine}")
        decide(own)
        entry = own.record(f"{wrong.machine}_voided", to="misrecorded", void=True, **body)
    elif told.back:
        own = act.on_another(thing, verb, f"reopen_{wrong.machine}")
        entry = own.record(f"{wrong.machine}_reopened", to=told.back(own, wrong), **body)
    else:
        own = act.on_another(thing, verb)
        entry = own.record_birth(thing, "record_corrected", **body)
    if told.undo:
        told.undo(own, wrong, entry)
    return entry
