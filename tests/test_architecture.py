"""The house stands as drawn: keys point down, a verb is whole and told once.

That imports point down is held by import-linter (pyproject.toml), which `make check` runs.
"""

from __future__ import annotations

import ast
import importlib
import json
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from enforcement.core.card import VERBS as CARDS
from enforcement.core.card import Verb, permissions
from enforcement.core.transitions import transitions
from enforcement.management.spread import named, spread
from enforcement.models import MACHINES
from law.blocks import events
from law.statute import statute

ROOT: Final = Path(__file__).parents[1]

#: Packages from the ground up, for their keys; those of one row know nothing of each other.
FLOORS: Final = (
    ("accounts",),
    ("journal",),
    ("parties",),
    ("documents", "deadlines", "exchange"),
    ("enforcement",),
)
FLOOR: Final = {name: n for n, row in enumerate(FLOORS) for name in row}
#: Every folder of the product and of what proves it.
FOLDERS: Final = (
    *("law", "clock", "embedded", "config", *FLOOR),
    *("tests", "templates", "static", "benchmarks"),
)
#: Verbs of the case itself: they change no machine's state.
OF_THE_CASE: Final = {"dispatch", "accept_transfer"}
PROHIBITED: Final = {"utils", "util", "helpers", "common", "services", "mixins", "misc", "lib"}


# --- Names of files ------------------------------------------------------------------------------


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            assert path.stem not in PROHIBITED, path


# --- Keys point down -----------------------------------------------------------------------------


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if _floor(model) >= 0]


def _floor(model: type[models.Model]) -> int:
    """The floor of a model's app; Django's own are the ground."""
    return FLOOR.get(model._meta.app_label, -1)


def test_foreign_keys_of_all_models_point_down() -> None:
    seen = 0
    for model in own_models():
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target: Any = field.related_model
            same = target._meta.app_label == model._meta.app_label
            assert same or _floor(target) < _floor(model), f"{model.__name__}.{field.name}"
            seen += 1
    assert seen > 20


def test_no_model_points_at_anything_at_all() -> None:
    """A GenericForeignKey would escape the order of the floors."""
    for model in own_models():
        for field in model._meta.get_fields(include_hidden=True):
            name = getattr(field.related_model, "__name__", "")
            assert name != "ContentType", f"{model.__name__}.{field.name}"


def test_no_model_overrides_save_and_nothing_listens_behind_ones_back() -> None:
    for app in FLOOR:
        for path in (ROOT / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert "django.db.models.signals" not in text, path
            assert "django.dispatch" not in text, path
    for model in own_models():
        if model._meta.app_label in FLOOR and not model._meta.auto_created:
            assert "save" not in vars(model), model


# --- Verbs are whole -----------------------------------------------------------------------------

ROWS: Final = transitions()
VERBS: Final = sorted({row["verb"] for row in ROWS})
#: Where the name of a verb stands: at its card, and in its machine.
PLACES: Final = 2


def card_of(verb: str) -> Verb:
    """The verb of this name, or the one of which it is an outcome."""
    return next(each for each in CARDS.values() if verb in (each.name, *each.card.also))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_a_permission_a_step_of_the_law_a_function_and_lines(verb: str) -> None:
    assert permissions()[verb], "nobody may take it"
    law = statute("lecture")
    step = law.steps[verb]
    assert step.title.kk
    assert step.past.kk
    assert step.event in events()
    assert law.rule(step.rule).id == step.rule
    card = card_of(verb)
    assert card.__doc__
    assert card.card.writes
    assert {line.event for line in card.card.writes} <= set(events())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['machine']}-{row['verb']}")
def test_a_transition_says_who_may_take_it_and_leads_to_a_named_state(row: dict[str, Any]) -> None:
    assert row["permission"] == sorted(permissions()[row["verb"]])
    states = statute("lecture").list("states")
    assert row["target"] in states
    assert not row["source"] or row["source"] in states


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.MACHINE)
def test_a_transition_of_the_machine_names_its_verb_and_its_permission(machine: Any) -> None:
    for each in machine().get_all_state_transitions():
        verb = each.custom["verb"]
        assert each.permission == f"enforcement.{verb}", "None would let everybody"
        assert each.name == verb
        body = _body(getattr(machine, each.name))
        assert not body or body == ["return to"], "the effects belong to its card"


def _body(method: Any) -> list[str]:
    """The statements of a method besides its docstring."""
    inspect = importlib.import_module("inspect")
    lines = inspect.getsource(getattr(method, "__wrapped__", method))
    tree = ast.parse(inspect.cleandoc(f"\n{lines}"))
    [function] = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [ast.unparse(node) for node in function.body[1:]]


def test_the_command_lists_every_transition() -> None:
    told = StringIO()
    call_command("lifecycle", json=True, stdout=told)
    assert json.loads(told.getvalue()) == ROWS


def test_the_name_of_a_verb_stands_at_its_card_and_in_its_machine_alone() -> None:
    """What else needs a verb asks for the one that writes a line: `writing("suspended")`."""
    found = spread(permissions())
    assert {verb: where for verb, where in found.items() if len(where) > PLACES} == {}
    assert all(found.values())


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("name = 'lift'", {"lift"}),
        ("def lift(): pass", {"lift"}),
        ("from enforcement.measures.lifting import lift", {"lift"}),
        ("from enforcement.measures import lifting\nlifting.lift(it)", {"lifting", "lift"}),
        ("import enforcement.measures.lifting as of\nof.lift", {"lift"}),
        ("import os\nos.replace(old, new)", set()),
        ("from dataclasses import replace", set()),
        ("text.replace(old, new)\ntransfer = postpone(resume=1)", set()),
    ],
)
def test_the_search_for_the_names_of_verbs_finds_them(code: str, names: set[str]) -> None:
    assert set(named(ast.parse(code))) == names


def test_the_command_tells_where_the_name_of_each_verb_stands() -> None:
    told = StringIO()
    call_command("lifecycle", spread=True, json=True, stdout=told)
    assert json.loads(told.getvalue()) == spread(permissions())


def test_no_permission_is_given_for_a_verb_that_no_machine_has() -> None:
    assert set(permissions()) == set(VERBS) | OF_THE_CASE


def test_every_role_of_a_permission_is_a_role_of_the_law() -> None:
    roles = statute("lecture").list("roles")
    assert {role for each in permissions().values() for role in each} <= set(roles)


@pytest.mark.django_db
def test_the_guard_of_the_database_lets_exactly_the_lawful_transitions_through() -> None:
    lawful = {
        (row["machine"], row["source"], row["target"])
        for row in ROWS
        if row["source"] != row["target"]
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT machine, source, target FROM enforcement_transition")
        guarded = set(cursor.fetchall())
    assert guarded == lawful
