"""House rules nobody should have to remember: small, told, one place for each thing."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pytest

from law.statute import statute

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = (
    *("accounts", "clock", "config", "deadlines", "documents", "embedded", "enforcement"),
    *("exchange", "journal", "law", "parties"),
)
LONGEST_MODULE, LONGEST_FUNCTION, AIM = 400, 40, 25
#: Methods that Django or Python calls by name: what they do is told by their class.
CALLED_BY_NAME: Final = {"handle", "add_arguments", "Meta"}

#: Who reads the environment besides settings.py, and why.
ENVIRONMENT: Final = {
    "config/settings.py": "the reader",
    "config/celery.py": "names the settings module for a worker, reads nothing",
    "config/wsgi.py": "names the settings module for a web process, reads nothing",
    "manage.py": "puts the addresses of the servers it starts where settings.py reads them",
}
#: Who reads a clock besides clock/, and why; `auto_now_add` counts.
CLOCKS: Final = {
    "accounts/passwords.py": "wrong passwords are counted in real minutes, whatever day a demo has",
    "accounts/authentication.py": "a token ends in real time",
    "accounts/management/commands/api_token.py": "tokens begin and end in real time",
    "accounts/models.py": "tokens and attempts keep the real instant they were made",
    "enforcement/management/commands/demo_office.py": "revoked tokens end in real time",
    "exchange/outbox.py": "a message left in real time",
    "exchange/models.py": "a message was written in real time",
    "journal/models.py": "a reading keeps the real instant it was made",
    "journal/queries.py": "the days of readings are real days",
    "journal/tasks.py": "the days of readings are real days",
}


@lru_cache
def modules() -> dict[str, ast.Module]:
    """The modules of the product by path, migrations left out, manage.py with them."""
    paths = [ROOT / "manage.py"]
    for package in PACKAGES:
        found = sorted((ROOT / package).rglob("*.py"))
        paths += [path for path in found if "migrations" not in path.parts]
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
    }


def tracked() -> list[Path]:
    """The files of the repository, also those not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# --- Small ---------------------------------------------------------------------------------------


def python_files() -> Iterator[tuple[str, str]]:
    """All Python of the repository, tests too; migrations are written by Django."""
    for path in tracked():
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines and name of every function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1, node.name


def test_no_module_is_longer_than_one_can_read() -> None:
    lengths = {name: len(text.splitlines()) for name, text in python_files()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_one_can_see() -> None:
    rows = [
        (lines, f"{where}:{name}")
        for where, text in python_files()
        for lines, name in functions(ast.parse(text))
        if not where.startswith("tests/")
    ]
    table = "\n".join(f"{lines:>4}  {name}" for lines, name in sorted(rows)[::-1] if lines > AIM)
    longest, name = max(rows)
    assert longest <= LONGEST_FUNCTION, f"{name}; all above {AIM} lines:\n{table}"


# --- Told ----------------------------------------------------------------------------------------


def untold(node: Any, inside: str = "") -> Iterator[str]:
    """Public functions, classes and methods without a docstring."""
    for each in node.body:
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if each.name.startswith("_") or each.name in CALLED_BY_NAME:
            continue
        if not ast.get_docstring(each) and not _only_declares(each):
            yield inside + each.name
        if isinstance(each, ast.ClassDef):
            yield from untold(each, f"{each.name}.")


def _only_declares(node: ast.AST) -> bool:
    """A method of a Protocol: `...` and nothing else."""
    body = getattr(node, "body", [])
    return len(body) == 1 and isinstance(body[0], ast.Expr) and ast.unparse(body[0]) == "..."


def test_every_module_and_every_public_name_says_what_it_is_for() -> None:
    silent = {where: list(untold(tree)) for where, tree in modules().items()}
    for where, tree in modules().items():
        if tree.body and not ast.get_docstring(tree):
            silent[where].append("the module")
    assert {where: names for where, names in silent.items() if names} == {}


def test_the_search_for_silent_names_finds_them() -> None:
    inside = '"It."\n  def b(self): pass\n  def _c(self): pass\n  def handle(self): pass'
    code = f"class A:\n  {inside}\ndef d(): pass"
    assert list(untold(ast.parse(code))) == ["A.b", "d"]


# --- One place each ------------------------------------------------------------------------------


def using(pattern: str) -> set[str]:
    """The modules with a call or name that matches; words in docstrings do not count."""
    wanted = re.compile(pattern)
    found = set()
    for where, tree in modules().items():
        nodes = (n for n in ast.walk(tree) if isinstance(n, ast.Attribute | ast.Name | ast.keyword))
        names = (n.arg or "" if isinstance(n, ast.keyword) else ast.unparse(n) for n in nodes)
        if any(wanted.fullmatch(name) for name in names):
            found.add(where)
    return found


def test_nobody_prints_but_the_programs_one_starts_by_hand() -> None:
    printing = using("print")
    assert all(where.startswith("embedded/") or where == "manage.py" for where in printing)


def test_the_environment_is_read_in_one_place() -> None:
    readers = using(r"os\.(environ|getenv|environb)|environ|getenv") - {"config/environment.py"}
    assert {where for where in readers if not where.startswith("embedded/")} == set(ENVIRONMENT)


def test_the_modules_that_only_name_the_settings_read_nothing_else() -> None:
    for where in ("config/celery.py", "config/wsgi.py"):
        lines = (ROOT / where).read_text(encoding="utf-8").splitlines()
        used = [line for line in lines if "environ" in line and "import" not in line]
        used = [line for line in used if not line.lstrip().startswith(("broker", "result"))]
        assert used == ['os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")']


CLOCK: Final = (
    r"(datetime|date)(\.\w+)*\.(now|today|utcnow)|timezone\.(now|localdate|localtime)"
    r"|time\.(time|time_ns|localtime|gmtime)|auto_now|auto_now_add|Now"
)


def test_nobody_else_reads_a_clock() -> None:
    assert {where for where in using(CLOCK) if not where.startswith("clock/")} == set(CLOCKS)


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "timezone.now()",
        "timezone.localdate()",
        "time.time()",
        "models.DateTimeField(auto_now_add=True)",
    ],
)
def test_the_search_for_clocks_finds_them(code: str) -> None:
    nodes = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Attribute | ast.keyword)]
    names = [n.arg if isinstance(n, ast.keyword) else ast.unparse(n) for n in nodes]
    assert any(re.fullmatch(CLOCK, name or "") for name in names)


# --- What does not belong into a repository ------------------------------------------------------

#: Written in two halves, so that this file does not hold what it looks for.
FOREIGN: Final = re.compile(
    "|".join(
        re.escape(left + right)
        for left, right in (
            ("pypi", ".org"),
            ("pythonhosted", ".org"),
            ("npmjs", ".org"),
            ("npmjs", ".com"),
            ("proxy.golang", ".org"),
            ("--index", "-url"),
            ("/wo", "rk/"),
        )
    )
)
TEXT: Final = {
    *("", ".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".json", ".jsonl", ".yaml"),
    *(".yml", ".sh", ".sql", ".po", ".typ", ".svg", ".cfg", ".ini"),
}


def test_no_registry_and_no_folder_of_somebodys_machine_is_named() -> None:
    named = {}
    for path in tracked():
        if path.suffix in TEXT:
            found = FOREIGN.findall(path.read_text(encoding="utf-8"))
            if found:
                named[path.relative_to(ROOT).as_posix()] = sorted(set(found))
    assert named == {}


def test_the_search_for_foreign_names_finds_them() -> None:
    assert FOREIGN.search("see https://py" + "pi.org/simple")
    assert FOREIGN.search("open('/wo" + "rk/main/manage.py')")
    assert not FOREIGN.search("{home}/homework/workplace")


# --- Tests ---------------------------------------------------------------------------------------


def marked() -> Iterator[tuple[str, list[str]]]:
    """Where a rule marker stands, and the rules it names."""
    for where, text in python_files():
        if not where.startswith("tests/"):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
                yield f"{where}:{node.lineno}", [ast.unparse(arg).strip("'") for arg in node.args]


def test_a_test_shows_at_most_three_rules_and_all_exist() -> None:
    known = set(statute("lecture").ids())
    seen = 0
    for where, rules in marked():
        assert 1 <= len(rules) <= 3, where
        assert len(set(rules)) == len(rules), where
        assert set(rules) <= known, where
        seen += 1
    assert seen > 50


def test_no_test_replaces_a_part_of_ours() -> None:
    """Faults are injected at the borders of a process, never by a stand-in for our own code."""
    for where, text in python_files():
        if where.startswith("tests/"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    assert "unittest.mock" not in ast.unparse(node), where
