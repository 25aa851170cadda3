"""A document goes to another office with the new address, what secures it and its history."""

from __future__ import annotations

from accounts.models import Office
from enforcement.models import Transfer
from enforcement.transfer import accept_transfer
from tests.course import PROOF, do, initiated, later, now, sound
from tests.desk import Desk
from tests.office import user

ADDRESS = "Тараз қаласы, Төле би көшесі, 5-үй"


def test_the_other_office_sees_the_address_what_secures_and_what_was_done(offices: None) -> None:
    proceeding = initiated()
    do(proceeding, "secure")
    paid = do(now(proceeding), "record_recovery", amount="1000.00")
    do(now(proceeding), "record_recovery", amount="77.00")
    do(now(proceeding), "correct", line=paid.seq, authority="own", reason=PROOF)
    there = Office.objects.get(code="TRZ")
    do(now(proceeding), "transfer", on=later(1), office=there, address=ADDRESS, act_text=PROOF)
    arrival = accept_transfer(Transfer.objects.get(), on=later(2), by=user("bailiff.trz"))
    debtor = arrival.participants.get(role="debtor")
    assert (debtor.city, debtor.address_kk, debtor.address_ru) == ("Тараз", ADDRESS, ADDRESS)
    homes = debtor.party.addresses.order_by("since")
    assert [(home.address_kk, home.until) for home in homes] == [
        (proceeding.debtor.address_kk, later(1)),
        (ADDRESS, None),
    ]
    desk = Desk()
    desk.force_login(user("bailiff.trz"))
    page = desk.get(f"/cases/{arrival.case_id}")
    carried = page.context["carried"]
    assert (carried["case"], str(carried["recovered"])) == (proceeding.case.label, "77.00")
    assert [(each["kind"], each["state"]) for each in carried["measures"]] == [("SEC-05", "served")]
    assert {"TERM-EXEC-2M", "TERM-OFFER-3D"} <= {each["rule"] for each in carried["terms"]}
    done = [each["kind"] for each in Transfer.objects.get().carried["done"]]
    assert done.count("recovered") == 1
    assert ADDRESS in page.content.decode()
    sound()


def test_what_came_from_nowhere_shows_nothing(offices: None) -> None:
    desk = Desk()
    desk.force_login(user("bailiff.ala"))
    page = desk.get(f"/cases/{initiated().case_id}")
    assert page.context["carried"] is None
