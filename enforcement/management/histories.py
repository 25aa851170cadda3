"""Two hundred lawful histories for the demo's two offices, lived day by day through the verbs.

The same people and sums every time (a fixed seed); the days move with the day the demo is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from accounts.models import Office, User
from enforcement.core.card import VERBS
from enforcement.core.subject import facts_for
from enforcement.correction import annullable
from enforcement.facts.queries import people_of, read, with_facts
from enforcement.intake.receiving import receive, receiving_law
from enforcement.management import invented
from enforcement.management.plots import PLOTS, Plot
from enforcement.models import Letter, Measure, Outgoing, Presentation, Proceeding, Submission
from law.model import Dated, Ground, Part
from law.statute import Statute
from law.workdays import DAY, calendar

SEED: Final = 1998
CITIES: Final = {"ALA": "Алматы", "TRZ": "Тараз"}
COURTS: Final = {
    ("ALA", "natural"): "ALA-BOS",
    ("ALA", "legal"): "ALA-ECO",
    ("TRZ", "natural"): "TRZ-CIV",
    ("TRZ", "legal"): "TRZ-ECO",
}
PROOF: Final = "№ {} акт, {:%d.%m.%Y}"
RECEIPT: Final = "№ {}, {:%d.%m.%Y}"
#: Parts of what proves a ground, where they are words.
WRITTEN: Final = {
    "court": "Алматы қаласының мысал аудандық соты",
    "number": "{}-17",
    "author": "Өндіріп алушы",
    "body": "Мысал тіркеу органы",
    "what": "Төлем тапсырмасы",
    "thing": "Қоймадағы тауар",
    "address": "Абай даңғ., 1-үй",
}
#: In one of so many histories nobody sent the papers.
FORGOTTEN: Final = 20


@dataclass(slots=True)
class History:
    """One plot lived in one office: its paper, its people, what came of it."""

    plot: Plot
    number: int
    office: str
    paper: dict[str, Any]
    days: list[date]
    arrival: Presentation | None = None
    proceedings: list[Proceeding] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    handed: Submission | None = None
    letters: list[Letter] = field(default_factory=list)

    def person(self, role: str) -> User:
        """The office's own bailiff, senior bailiff or prosecutor."""
        return User.objects.get(login=f"{role}.{self.office.lower()}")


def tell(today: date, *, office: str, plots: Sequence[Plot] = PLOTS) -> int:
    """Live an office's histories in the order of their days; how many.

    Each step commits by itself: the two offices can live at the same time.
    """
    told = {
        history.number: history
        for number, plot in enumerate(_all(plots), start=1)
        if (history := _begin(plot, number, today)).office == office
    }
    agenda = sorted(
        (day, history.number, place)
        for history in told.values()
        for place, day in enumerate(history.days)
    )
    recent = _worked(today - DAY, -DAY)
    for day, number, place in agenda:
        _live(told[number], place, on=day)
        # What was issued lately still waits for its envelope, and now and then an older paper.
        if day < recent and number % FORGOTTEN:
            _send(told[number], on=day)
    return len(told)


def _all(plots: Sequence[Plot]) -> Iterator[Plot]:
    for plot in plots:
        yield from [plot] * plot.count


def _begin(plot: Plot, number: int, today: date) -> History:
    chance = Random(SEED * 1000 + number)
    office = "ALA" if number % 2 else "TRZ"
    day = _worked(today - timedelta(days=chance.randint(*plot.age)), -DAY)
    days = [day]
    for step in plot.steps:
        day = min(_worked(day + timedelta(days=step.after), DAY), today)
        days.append(day)
    return History(plot, number, office, _paper(chance, plot, number, office, days[0]), days)


def _worked(day: date, onward: timedelta) -> date:
    """The day, or the nearest worked one in a direction: nobody signs on a day off."""
    while not calendar().is_working(day):
        day += onward
    return day


def _paper(chance: Random, plot: Plot, number: int, office: str, on: date) -> dict[str, Any]:
    """A document that gets the verdict the plot wants."""
    city = CITIES[office] if plot.verdict != "wrong_territory" else _elsewhere(office)
    debtors = [_debtor(chance, plot, city) for _ in range(plot.debtors)]
    home = CITIES[office]
    claimant = (
        invented.natural(chance, home)
        if plot.periodic or chance.random() < 0.3
        else invented.legal(chance, home, chance.choice(invented.LENDERS))
    )
    old = 1700 if plot.verdict == "late" else 0
    days = {"decision_on": 62 + old, "in_force_on": 26 + old, "issued_on": 20 + old}
    dated = {name: (on - timedelta(days=n)).isoformat() for name, n in days.items()}
    return {
        "ref": f"H-{number:03}",
        "office": office,
        "type": plot.kind,
        "issuer": COURTS[office, debtors[0]["kind"]],
        "case_number": f"7514-{on:%y}-00-2/{2000 + number}",
        "language": "ru" if number % 3 == 0 else "kk",
        "immediate": plot.periodic,
        "sealed": plot.periodic,
        "operative": "" if plot.verdict == "defective" else _operative(plot, debtors, claimant),
        "claimants": [claimant],
        "debtors": debtors,
        "debts": [_debt(chance, plot, on)],
        "application": {"on": on.isoformat(), "channel": "court" if plot.periodic else "claimant"},
        **dated,
    }


def _elsewhere(office: str) -> str:
    return next(city for code, city in CITIES.items() if code != office)


def _debtor(chance: Random, plot: Plot, city: str) -> invented.Party:
    if plot.firm:
        return invented.legal(chance, city, chance.choice(invented.FIRMS))
    return invented.natural(chance, city)


def _operative(plot: Plot, debtors: list[invented.Party], claimant: invented.Party) -> str:
    names = "; ".join(d.get("name_kk") or d["name"] for d in debtors)
    to = claimant.get("name_kk") or claimant["name"]
    asked = "қосалқы құрылыс бұзылсын" if plot.act else "берешек өндірілсін"
    return f"Борышкер: {names}. Өндіріп алушы: {to}. Шешім: {asked}."


def _debt(chance: Random, plot: Plot, on: date) -> dict[str, Any]:
    owed: dict[str, Any] = {"claimant": 0, "debtors": list(range(plot.debtors))}
    if plot.act:
        return {**owed, "act": plot.act}
    if plot.periodic:
        since, until = on.replace(day=1), date(on.year + 11, 1, 1)
        years = {"since": since.isoformat(), "until": until.isoformat()}
        return {**owed, "periodic": {"kind": "alimony", "share": "1/4", **years}}
    amount = Decimal(chance.randrange(80_000, 6_000_000, 50))
    return {**owed, "amount": f"{amount}.00", "joint": plot.debtors > 1}


# --- Living ---------------------------------------------------------------------------------------


def _live(history: History, place: int, *, on: date) -> None:
    if place == 0:
        clerk = User.objects.get(login="clerk")
        history.arrival = receive(history.paper, law=receiving_law(), on=on, by=clerk).presentation
        return
    step = history.plot.steps[place - 1]
    by = history.person(step.by)
    own = OWN.get(step.verb)
    if own is not None:
        own(history, dict(step.given), on=on, by=by)
    else:
        _take(history, step.verb, dict(step.given), on=on, by=by)


def _again(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    """The same paper arrives once more: cured, presented anew, or a second copy."""
    cured = {"operative": "Берешек өндірілсін."} if given.get("cured") else {}
    anew = {"ref": f"{history.paper['ref']}-2", **cured}
    history.paper = {**history.paper, **anew}
    clerk = User.objects.get(login="clerk")
    history.arrival = receive(history.paper, law=receiving_law(), on=on, by=clerk).presentation


def _initiate(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    assert history.arrival is not None
    VERBS["initiate"](history.arrival, on=on, by=by)
    history.proceedings = list(history.arrival.proceedings.order_by("ordinal"))


def _intake(verb: str) -> Any:
    def take(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
        VERBS[verb](history.arrival, on=on, by=by)

    return take


def _send(history: History, *, on: date) -> None:
    """The papers of the history leave, each to everybody it names."""
    assert history.arrival is not None
    own = Outgoing.objects.filter(paper__entry__stream=history.arrival.case.stream)
    for waiting in own.select_related("paper").order_by("paper__number"):
        paper, by = waiting.paper, history.person("bailiff")
        proof = RECEIPT.format(paper.label, on)
        to = [each["key"] for each in paper.addressees]
        VERBS["dispatch"](paper, to=to, channel="registered_mail", proof=proof, on=on, by=by)


def _transfer(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    there = Office.objects.get(code="TRZ" if history.office == "ALA" else "ALA")
    told = {"address": f"{CITIES[there.code]}, 1-үй", "act_text": PROOF.format(1, on)}
    VERBS["transfer"](history.proceedings[0], office=there, on=on, by=by, **told)


def _accept(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    there = "trz" if history.office == "ALA" else "ala"
    bailiff = User.objects.get(login=f"bailiff.{there}")
    VERBS["accept_transfer"](history.proceedings[0].transfer_out, on=on, by=bailiff)


def _correct(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    proceeding = Proceeding.objects.get(pk=history.proceedings[0].pk)
    named = {"act_number": "2-9/2026", "act_on": on}
    line = annullable(facts_for(with_facts(Proceeding).get(pk=proceeding.pk), by, on=on))[-1]
    VERBS["correct"](proceeding, line=line, on=on, by=by, **named, **given)


def _engage(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    """Somebody takes part on the arrival; a paper proves it where the law asks one."""
    assert history.arrival is not None
    asked = receiving_law().participations[given["role"]].asks
    if "authority" in asked:
        told = {"number": WRITTEN["number"].format(history.number), "on": on - DAY}
        told |= {"lasts_until": on + given.pop("lasts") * DAY} if "lasts" in given else {}
        proof = {f"authority.{name}": value for name, value in told.items()}
        given["evidence"] = given["evidence"] | proof
    VERBS["engage"](history.arrival, on=on, by=by, **given)


def _hand_in(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    """A party hands in a petition or a complaint; a complaint is of the last resolution."""
    arrival = with_facts(Presentation).get(pk=history.proceedings[0].presentation_id)
    role = given.pop("role", "debtor")
    author = next(person for person in people_of(arrival) if person["role"] == role)
    told = {"channel": "in_person", **given}
    if given["what"].startswith("complaint"):
        told["told"] = {"court": WRITTEN["court"], "court_number": "2-3/2026"}
    if given["what"] == "recusal":
        told["concerned"] = history.person("bailiff")
    if "line" in given:
        lines = arrival.case.stream.entries.filter(kind=given["line"])
        told["line"] = lines.order_by("-seq")[0]
    history.handed = VERBS["record_submission"](arrival, author=author, on=on, by=by, **told)


def _answer(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    """What was handed in is answered; a complaint by an act of the court in force."""
    assert history.handed is not None
    court = {"act_number": "2-3/2026", "act_on": on, "in_force_on": on}
    told = court if history.handed.kind.startswith("complaint") else {}
    VERBS["answer_submission"](history.handed, on=on, by=by, **told, **given)


def _object(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
    """The claimant objects to it."""
    arrival = with_facts(Presentation).get(pk=history.proceedings[0].presentation_id)
    author = next(person for person in people_of(arrival) if person["role"] == "claimant")
    VERBS["record_objection"](history.handed, author=author, on=on, by=by, **given)


def _heard(verb: str) -> Any:
    """The debtor reads the file or says something."""

    def take(history: History, given: dict[str, Any], *, on: date, by: User) -> None:
        arrival = with_facts(Presentation).get(pk=history.proceedings[0].presentation_id)
        party = next(person for person in people_of(arrival) if person["role"] == "debtor")
        VERBS[verb](arrival, party=party, on=on, by=by, **given)

    return take


#: The steps that answer a verdict without opening a proceeding.
ANSWERS: Final = ("return_defective", "refuse_late", "send_on", "record_already_received")
OWN: Final = {
    "again": _again,
    "initiate": _initiate,
    "transfer": _transfer,
    "accept_transfer": _accept,
    "correct": _correct,
    "engage": _engage,
    "record_submission": _hand_in,
    "answer_submission": _answer,
    "record_objection": _object,
    **{verb: _heard(verb) for verb in ("show_file", "take_statement")},
    **{verb: _intake(verb) for verb in ANSWERS},
}


def _take(history: History, verb: str, given: dict[str, Any], *, on: date, by: User) -> None:
    """A verb of a proceeding, a measure or a letter; what the plot does not say is made up."""
    known = VERBS[verb]
    if known.machine == Letter.MACHINE:
        known(history.letters[given.pop("letter", 0)], on=on, by=by, **given)
        return
    if "after" in given:
        given["after"] = Letter.objects.get(pk=history.letters[given["after"]].pk)
    if "days" in given:
        given["answer_by"] = on + given.pop("days") * DAY
    which = int(given.pop("debtor", 0))
    if known.machine == "measure":
        _made(history, known(history.measures[-1], on=on, by=by, **given))
        return
    proceeding = history.proceedings[which]
    if "ground" in known.asks and verb != "resume":
        law = receiving_law()
        ground = law.ground(given["ground"])
        until = on + given.pop("lasts", 1) * DAY
        given["evidence"] = _proof(law, ground, on, until) | _signed(ground, proceeding)
        if ground.dated is not Dated.NEVER:
            given["until"] = until
    if verb == "record_recovery":
        given["debt"] = proceeding.debtor.debts.order_by("position", "share")[0]
    if "part" in given:
        given["amount"] = _part(proceeding, given.pop("part"))
    _made(history, known(proceeding, on=on, by=by, **given))


#: Parts that none of the histories tells: nobody acted for a party there.
NOBODY_TELLS: Final = frozenset({"concluded_by"})


def _proof(law: Statute, ground: Ground, on: date, until: date) -> dict[str, Any]:
    """What proves a ground: the parts of the thing it is, as the law tells; else a few words."""
    found: dict[str, Any] = {}
    made = {Part.DAY: on - DAY, Part.AHEAD: until, Part.MARK: "yes"}
    for n, key in enumerate(ground.evidence, start=1):
        kind = law.evidence_kind(key, ground.rule.id)
        if kind is None:
            found[key] = next(iter(law.choices(key)), PROOF.format(n, on))
        for part, of in kind.parts.items() if kind else ():
            if part not in NOBODY_TELLS:
                found[f"{key}.{part}"] = made.get(of) or WRITTEN[part].format(n)
    return found


def _signed(ground: Ground, proceeding: Proceeding) -> dict[str, str]:
    """Every claimant signs what only a claimant can sign."""
    own = proceeding.presentation.participants.filter(role="claimant").order_by("position")
    names = "; ".join(own.values_list("name_kk", flat=True))
    return {f"{key}.author": names for key in ground.by_claimants}


def _made(history: History, made: Any) -> None:
    if isinstance(made, Measure):
        history.measures.append(made)
    if isinstance(made, list):
        history.letters += made


def _part(proceeding: Proceeding, part: str) -> Decimal:
    """A part of what is left, in whole tenge; the whole to the tiyn."""
    left = read(proceeding).left
    assert left is not None
    return left if part == "1" else (left * Decimal(part)).quantize(Decimal("1")) + Decimal("0.00")
