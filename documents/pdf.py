"""The typesetter: a layout and what it shows in, an archival and accessible PDF out."""

import json
import re
import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import typst

from documents.wording import LAYOUTS, pointed

#: Kept for decades and read aloud: the exporter refuses a file that is not both.
STANDARDS: Final[tuple[Literal["a-2a"], Literal["ua-1"]]] = ("a-2a", "ua-1")
#: Packages that hold nothing but fonts.
NOTO: Final = ("manimgx_fonts", "manimgx_fonts_cjk")
#: A word that may be longer than a line. Breaking such words is slow: only where there are any.
_LONG_WORD: Final = re.compile(r"\S{32,}")
#: A text that no font draws, in the typesetter's words, and a sign in them.
_UNDRAWN: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")


class RenderingFailed(RuntimeError):
    """The typesetter broke down; the paper, and the step that issues it, do not happen."""


class _Press(threading.local):
    """The typesetter, one a thread: it is quick when kept and cannot be shared."""

    compiler: typst.Compiler | None = None

    def print(self, content: Mapping[str, Any], *, on: date) -> bytes:
        """The PDF, dated midnight UTC of `on`: the same day in Kazakhstan."""
        compiler, self.compiler = self.compiler or _compiler(), None
        paper = json.dumps(content, ensure_ascii=False, sort_keys=True)
        try:
            pdf = self._pdf(compiler, paper, on=on)
        except BaseException as broken:
            # A breakdown inside typst is no Exception and would take the worker with it.
            if isinstance(broken, Exception) or type(broken).__name__ == "PanicException":
                raise RenderingFailed(str(broken)) from broken
            raise
        self.compiler = compiler
        return pdf

    def _pdf(self, compiler: typst.Compiler, paper: str, *, on: date) -> bytes:
        """The PDF; what no font draws, as the typesetter names it, is shown by its code point."""
        try:
            return self._set(compiler, paper, on=on)
        except typst.TypstError as refused:
            undrawn = set("".join(map(_signs, _UNDRAWN.findall(refused.diagnostic))))
            if not undrawn:
                raise
        shown = str.maketrans({sign: pointed(sign) for sign in undrawn})
        return self._set(compiler, paper.translate(shown), on=on)

    def _set(self, compiler: typst.Compiler, paper: str, *, on: date) -> bytes:
        long_words = "yes" if _LONG_WORD.search(paper) else "no"
        pdf = compiler.compile(
            format="pdf",
            sys_inputs={"paper": paper, "long_words": long_words},
            pdf_standards=list(STANDARDS),
            timestamp=datetime(on.year, on.month, on.day, tzinfo=UTC),
        )
        if not isinstance(pdf, bytes):
            raise RenderingFailed(f"{type(pdf)} is no PDF")
        return pdf


def _signs(told: str) -> str:
    """The signs of a text as the typesetter's messages write it."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), told)


def _compiler() -> typst.Compiler:
    return typst.Compiler(LAYOUTS / "resolution.typ", root=LAYOUTS, font_paths=_fonts())


@lru_cache
def _fonts() -> typst.Fonts:
    """The fonts typst brings along and Noto for what those lack, none of the machine: every
    machine prints the same."""
    noto = [Path(str(files(each))) for each in NOTO]
    return typst.Fonts(include_system_fonts=False, font_paths=noto)


press: Final = _Press()
