"""After a succession: the post, the names of what was written before, and where a document goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from documents.models import Paper
from enforcement.models import Dispatch, Outgoing, Proceeding
from enforcement.post.sending import dispatch
from tests.course import PROOF, do, hand_in, initiated, later, now, sound
from tests.desk import Desk
from tests.enforcement.engagement.test_representatives import entrusted
from tests.enforcement.succession.test_one_place import FIRM
from tests.enforcement.succession.test_successors import HEIR, replaced
from tests.office import user

AGENT = "Өкілов Сенім Үлгіұлы"


def post(language: str = "kk") -> str:
    desk = Desk(headers={"accept-language": language})
    desk.force_login(user("bailiff.ala"))
    return desk.get("/post").content.decode()


def waiting(proceeding: Proceeding) -> Paper:
    """The suspension's resolution, which waits in the post."""
    do(now(proceeding), "suspend", ground="SUSP-MAND-01", on=later(1))
    return Paper.objects.filter(kind="suspend").latest("number")


def send(paper: Paper, *keys: str, days: int = 3) -> Dispatch:
    told = {"channel": "registered_mail", "proof": PROOF, "on": later(days)}
    found: Dispatch = dispatch(paper, to=keys, by=user("bailiff.ala"), **told).dispatch
    return found


@pytest.mark.rule("SUCC-01", "TERM-SEND-1D")
def test_a_paper_that_waits_for_the_former_party_goes_to_his_successor(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(later(6))
    proceeding = initiated()
    former, paper = proceeding.debtor.name_kk, waiting(proceeding)
    [key] = [each["key"] for each in paper.addressees if each["kk"] == former]
    before = post()
    line = replaced(proceeding)
    named = f"{HEIR} (құқықтық мирасқор; бұрынғы тарап: {former})"
    assert (named in before, named in post()) == (False, True)
    assert f"{HEIR} (правопреемник" in post("ru")
    sent = send(paper, key)
    assert sent.instead[key]["kk"] == named
    assert key not in [each["key"] for each in Outgoing.objects.get(paper=paper).waiting]
    assert f"<td>{named}" in post().replace("\n", "").replace("  ", "") or named in post()
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    assert named in desk.get(f"/cases/{proceeding.case_id}").content.decode()
    do(now(proceeding), "correct", line=line.seq, authority="court", reason="№ 1", on=later(4))
    assert send(paper, key, days=5).instead == {}
    sound([proceeding.case])


@pytest.mark.rule("REP-01")
def test_it_goes_through_the_successor_s_representative(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(later(3))
    proceeding = initiated()
    paper = waiting(proceeding)
    replaced(proceeding)
    entrusted(proceeding, whom="debtors[0]", on=later(3))
    [sent] = [send(paper, each["key"]) for each in paper.addressees if "debtors" in each["key"]]
    [told] = sent.instead.values()
    assert told["through"]


def test_of_two_in_a_row_the_last_one_gets_it_and_others_get_theirs(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(later(5))
    proceeding = initiated()
    paper = waiting(proceeding)
    former = proceeding.debtor.name_kk
    replaced(proceeding)
    replaced(proceeding, name_kk="Екінші Мұрагер", on=later(3))
    replaced(proceeding, **FIRM, on=later(4))
    sent = send(paper, *(each["key"] for each in paper.addressees), days=5)
    told = {each["kk"] for each in sent.instead.values()}
    assert told == {
        f"Екінші Мұрагер (құқықтық мирасқор; бұрынғы тарап: {former})",
        f"{FIRM['name_kk']} (құқықтық мирасқор; бұрынғы тарап: {_claimant(paper)})",
    }


def _claimant(paper: Paper) -> str:
    return next(each["kk"] for each in paper.addressees if each["key"].startswith("claimants"))


# --- What was written before ----------------------------------------------------------------------


def test_a_letter_and_a_petition_keep_the_name_of_who_was_a_party_then(
    offices: None, set_clock: Callable[[date], None]
) -> None:
    set_clock(later(6))
    proceeding = initiated()
    former, firm = proceeding.debtor.name_kk, FIRM["name_kk"]
    asked = {"kind": "demand", "to": [str(proceeding.debtor_id)]}
    asked["details"] = {"demanded": "Мүлікті көрсету"}
    do(proceeding, "send_letter", **asked, answer_by=later(20))
    hand_in(now(proceeding), "petition_postpone")
    line = replaced(proceeding)
    do(now(proceeding), "send_letter", **asked, answer_by=later(20), on=later(3))
    replaced(proceeding, name_kk="Екінші Мұрагер", on=later(4))
    replaced(proceeding, **FIRM, on=later(4))
    assert firm
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{proceeding.case_id}")
    letters = [each["addressee"] for each in page.context["proceedings"][0]["letters"]]
    assert letters == [former, HEIR]
    assert [each["name"] for each in page.context["handed_in"]] == [former]
    today = desk.get("/today").content.decode()
    assert former in today
    assert line
    sound([proceeding.case])
