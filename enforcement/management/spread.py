"""In how many modules of the product the name of each verb stands."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
#: The packages that know of cases or of the law; `clock` and `embedded` know of neither.
PACKAGES: Final = (
    *("accounts", "config", "deadlines", "documents", "enforcement"),
    *("exchange", "journal", "law", "parties"),
)
#: What was true once, and what a demo and its people type.
ASIDE: Final = {"migrations", "management"}


def spread(verbs: Collection[str]) -> dict[str, list[str]]:
    """Verb -> the modules in which its name stands: its card, and its machine."""
    found: dict[str, list[str]] = {verb: [] for verb in verbs}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            where = path.relative_to(ROOT)
            if ASIDE.isdisjoint(where.parts):
                for name in set(named(ast.parse(path.read_text(encoding="utf-8")))) & set(verbs):
                    found[name].append(where.as_posix())
    return found


def named(tree: ast.Module) -> Iterator[str]:
    """What a module names: texts, functions it defines, names it imports or asks modules for.

    Local names and the methods of values, as in `text.replace`, are nobody's verb.
    """
    modules = set(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom) and _own(node.module):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in modules:
            yield node.attr


def _imported(tree: ast.Module) -> Iterator[str]:
    """The names under which a module knows what it imports of the product."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _own(node.module):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.asname or alias.name for alias in node.names if _own(alias.name))


def _own(module: str | None) -> bool:
    return (module or "").partition(".")[0] in PACKAGES
