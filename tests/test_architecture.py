"""The house stands as drawn: names of files, layers, keys that point down, verbs that are whole."""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from enforcement.core.card import permissions
from enforcement.core.transitions import transitions
from enforcement.models import MACHINES
from law.blocks import events
from law.statute import statute

ROOT: Final = Path(__file__).parents[1]

#: Packages from the ground up; those of one row know nothing of each other.
FLOORS: Final = (
    ("law", "clock", "embedded"),
    ("accounts",),
    ("journal",),
    ("parties",),
    ("documents", "deadlines", "exchange"),
    ("enforcement",),
    ("config",),
)
FLOOR: Final = {name: n for n, row in enumerate(FLOORS) for name in row}
#: The names a file of an app can have, from the ground up; those of one row are siblings.
LAYERS: Final = (
    ("apps",),
    ("fields",),
    ("calculator", "shape", "identifiers", "search_keys", "http_status"),
    ("fold", "verdict"),
    ("permissions",),
    ("lifecycle",),
    ("models",),
    ("wording",),
    ("queries", "rendering"),
    ("issuing",),
    ("steps",),
    ("actions",),
    ("forms", "serializers"),
    (
        *("views", "api", "tasks", "admin", "management"),
        *("middleware", "authentication", "templatetags", "context"),
    ),
    ("urls",),
)
LAYER: Final = {name: n for n, row in enumerate(LAYERS) for name in row}
APPS: Final = (
    "accounts",
    "journal",
    "parties",
    "documents",
    "deadlines",
    "exchange",
    "enforcement",
)
#: What a module inside a layer's folder can be called: a noun of the case, or what all share.
NOUNS: Final = {
    *("intake", "course", "measures", "visits", "requests", "court", "complaints", "property"),
    *("money", "case", "parties", "terms", "words", "shapes", "openapi", "problems", "urls", "law"),
    *("steps", "verbs", "papers", "corrections", "post", "prosecutor", "sanctions", "today"),
    *("search", "whatif", "approvals", "transfers", "coercion"),
    *("postponements", "costs", "performance", "grounds", "looks"),
}
#: Verbs of the case itself: they change no machine's state.
OF_THE_CASE: Final = {"dispatch", "accept_transfer"}
#: Transitions that are one outcome of a verb: no function of their own.
PART_OF: Final = {"attempt_offer": "deliver_offer", "end_ground": "resume"}
#: The files of the packages that are no apps.
OWN_NAMES: Final = {
    "law": {"blocks", "model", "refusal", "statute", "wordings", "workdays", "coverage"},
    "clock": set(),
    "config": {
        *("apps", "celery", "context", "environment", "errors", "health", "plain_log", "settings"),
        *("urls", "wsgi"),
    },
    "embedded": {
        *("binaries", "borrowing", "commands", "endings", "holding", "places", "postgres"),
        *("preparation", "processes", "servers", "supervisor", "valkey"),
    },
}
#: Folders with names of their own: commands are called as one types them, migrations by purpose.
FREE_FOLDERS: Final = {"management", "migrations", "formats"}
PROHIBITED: Final = {"utils", "util", "helpers", "common", "services", "mixins", "misc", "lib"}


def sources(package: str) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The modules of a package, each with its place below it: `("actions", "intake")`."""
    for path in sorted((ROOT / package).rglob("*.py")):
        yield path, path.relative_to(ROOT / package).with_suffix("").parts


def present(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if (ROOT / name / "__init__.py").exists()]


# --- Names of files ------------------------------------------------------------------------------


@pytest.mark.parametrize("app", present(APPS))
def test_a_file_of_an_app_has_a_name_that_tells_its_layer(app: str) -> None:
    for path, (first, *rest) in sources(app):
        if first in FREE_FOLDERS or first == "__init__":
            continue
        assert first in LAYER, f"{path}: give it a place in LAYERS, or another name"
        assert not rest or rest[-1] in NOUNS | {"__init__"}, f"{path}: not a noun of the case"


@pytest.mark.parametrize("package", sorted(OWN_NAMES))
def test_a_package_that_is_no_app_holds_only_the_files_named_for_it(package: str) -> None:
    names = {rest[0] for _, rest in sources(package) if rest[0] not in FREE_FOLDERS}
    assert names - {"__init__"} == OWN_NAMES[package]


def test_no_file_is_called_by_a_name_that_says_nothing() -> None:
    for package in (*present(tuple(FLOOR)), "tests", "templates", "static", "benchmarks"):
        for path in (ROOT / package).rglob("*"):
            assert path.stem not in PROHIBITED, path


# --- Imports point down --------------------------------------------------------------------------


def imported(path: Path) -> Iterator[tuple[str, ...]]:
    """Every module a file imports, as its parts; a name taken from a package is a part too."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = (*above, *(node.module or "").split("."))
            base = tuple(part for part in base if part)
            yield from ((*base, alias.name) for alias in node.names)


@pytest.mark.parametrize("package", present(tuple(FLOOR)))
def test_imports_point_down_the_floors(package: str) -> None:
    for path, _ in sources(package):
        for whole in imported(path):
            below = FLOOR.get(whole[0])
            if below is None or whole[0] == package:
                continue
            assert below < FLOOR[package], f"{path} imports {'.'.join(whole)}"


def may_import(layer: str, other: str) -> bool:
    """Inside an app a layer knows itself and what lies below, but not its siblings."""
    return layer == other or LAYER[other] < LAYER[layer]


@pytest.mark.parametrize("app", present(APPS))
def test_imports_inside_an_app_point_down_its_layers(app: str) -> None:
    for path, (layer, *_) in sources(app):
        if layer not in LAYER:
            continue
        for whole in imported(path):
            if whole[0] != app or len(whole) < 2 or whole[1] not in LAYER:
                continue
            assert may_import(layer, whole[1]), f"{path} imports {'.'.join(whole)}"


@pytest.mark.parametrize(
    ("layer", "other", "allowed"),
    [
        ("views", "actions", True),
        ("views", "api", False),
        ("actions", "views", False),
        ("models", "actions", False),
        ("fold", "calculator", True),
        ("calculator", "models", False),
        ("actions", "actions", True),
        ("urls", "views", True),
    ],
)
def test_the_layers_are_ordered_as_drawn(layer: str, other: str, allowed: bool) -> None:
    assert may_import(layer, other) is allowed


PURE: Final = (
    *("law", "clock", "embedded", "deadlines/calculator.py", "deadlines/fold.py"),
    *("parties/identifiers.py", "parties/search_keys.py"),
    *("documents/fields.py", "documents/shape.py", "enforcement/verdict.py"),
)
OF_THE_CORE: Final = {"law", "clock", "embedded", "deadlines", "parties", "documents"}


@pytest.mark.parametrize("place", PURE)
def test_the_core_imports_only_python_and_itself(place: str) -> None:
    """Nothing of Django, and of the apps only their pure modules."""
    whole = ROOT / place
    pure_modules = {Path(each).with_suffix("").parts for each in PURE}
    for path in sorted(whole.rglob("*.py")) if whole.is_dir() else [whole]:
        for parts in imported(path):
            if parts[0] in FLOOR:
                inside = parts[:1] in pure_modules or parts[:2] in pure_modules
                assert inside, f"{path} imports {'.'.join(parts)}"
            else:
                known = parts[0] in _standard_library() or place == "embedded"
                assert known, f"{path} imports {'.'.join(parts)}"


def _standard_library() -> frozenset[str]:
    return frozenset(importlib.import_module("sys").stdlib_module_names)


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
    for app in present(APPS):
        for path, _ in sources(app):
            text = path.read_text(encoding="utf-8")
            assert "django.db.models.signals" not in text, path
            assert "django.dispatch" not in text, path
    for model in own_models():
        if model._meta.app_label in APPS and not model._meta.auto_created:
            assert "save" not in vars(model), model


# --- Verbs are whole -----------------------------------------------------------------------------

ROWS: Final = transitions()
VERBS: Final = sorted({row["verb"] for row in ROWS})


def actions_by_name() -> dict[str, Any]:
    """The functions of enforcement/actions, by name."""
    found = {}
    for _, (first, *rest) in sources("enforcement"):
        if first == "actions" and rest and rest[-1] != "__init__":
            module = importlib.import_module(f"enforcement.actions.{rest[-1]}")
            found |= {name: each for name, each in vars(module).items() if callable(each)}
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_has_a_permission_a_step_of_the_law_and_a_function(verb: str) -> None:
    assert permissions()[verb], "nobody may take it"
    law = statute("lecture")
    step = law.steps[verb]
    assert step.title.kk
    assert step.past.kk
    assert step.event in events()
    assert law.rule(step.rule).id == step.rule
    assert actions_by_name()[PART_OF.get(verb, verb)].__doc__


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
        assert not body or body == ["return to"], "the effects belong into actions/"


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
