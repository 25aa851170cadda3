"""Reads a paper back from its bytes, with wheels only: its marks, its text, where it stands."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pikepdf

_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]+)>")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text: its page, left and right edge in points, and whether it is page furniture."""

    page: int
    left: float
    right: float
    text: str
    furniture: bool


class Font:
    """What a font's codes mean and how wide they are."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont)
        inner = font.DescendantFonts[0]
        self.embedded = any(f"/FontFile{n}" in inner.FontDescriptor for n in ("", "2", "3"))
        self.meaning = _meaning(font.ToUnicode.read_bytes())
        self.default = float(inner.get("/DW", 1000))
        self.widths = dict(_widths(list(inner.get("/W", []))))


def _meaning(cmap: bytes) -> dict[int, str]:
    found = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        found |= {int(a, 16): _utf16(b) for a, b in _MAPPED.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, text in _RANGE.findall(block):
            start = ord(_utf16(text))
            codes = range(int(first, 16), int(last, 16) + 1)
            found |= {code: chr(start + n) for n, code in enumerate(codes)}
    return found


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")


def _widths(table: list[Any]) -> Iterator[tuple[int, float]]:
    while table:
        first, second = int(table.pop(0)), table.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
        else:
            width = float(table.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


class PaperFile:
    """A paper as a stranger opens it."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self.root = self.pdf.Root
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            self.metadata = {str(key): str(value) for key, value in metadata.items()}

    @cached_property
    def fonts(self) -> dict[str, Font]:
        """Every font of the file, by name."""
        found = [font for page in self.pdf.pages for font in page.Resources.Font.values()]
        return {font.name: font for font in map(Font, found)}

    @cached_property
    def lines(self) -> list[Line]:
        """Every run of text in the order it was set."""
        return [line for n, page in enumerate(self.pdf.pages, 1) for line in _lines(n, page)]

    @cached_property
    def text(self) -> str:
        """The text without headers and footers, one blank between words."""
        words = " ".join(line.text for line in self.lines if not line.furniture)
        return " ".join(words.split())

    @cached_property
    def squeezed(self) -> str:
        """The text without any blank: how lines were broken does not matter."""
        return squeezed(self.text)

    def elements(self) -> list[str]:
        """The kinds of all elements of the structure tree, in order."""
        return list(_elements(self.root.StructTreeRoot))


def squeezed(text: str) -> str:
    """`text` without any blank."""
    return "".join(text.split())


def _elements(node: Any) -> Iterator[str]:
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        yield str(node.S).removeprefix("/")
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from _elements(child)


def _lines(number: int, page: Any) -> Iterator[Line]:
    fonts = {key: Font(font) for key, font in page.Resources.Font.items()}
    font, size, left, marks, stack = None, 0.0, 0.0, [False], []
    said: list[str | None] = [None]  # what ligatures stand for, said once for all their glyphs
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(left)
            case "Q":
                left = stack.pop()
            case "cm" | "Tm":
                left += float(operands[4])
            case "BDC" | "BMC":
                marks.append(marks[-1] or str(operands[0]) == "/Artifact")
                said.append(_instead(operands))
            case "EMC":
                marks.pop()
                said.pop()
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "TJ" | "Tj":
                text, width = _run(font, operands[0])
                if said[-1] is not None:
                    text, said[-1] = said[-1], ""
                yield Line(number, left, left + width * size / 1000, text, marks[-1])


def _instead(operands: Any) -> str | None:
    """The text a marked run stands for, where it says so."""
    marks = operands[1] if len(operands) > 1 else None
    told = isinstance(marks, pikepdf.Dictionary) and "/ActualText" in marks
    return str(marks.ActualText) if told else None


def _run(font: Font, shown: Any) -> tuple[str, float]:
    """The text of one operator and its width in thousandths, hanging blanks not counted."""
    text, width, ink = "", 0.0, 0.0
    for piece in shown if isinstance(shown, pikepdf.Array) else [shown]:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece)
            for code in (int.from_bytes(raw[n : n + 2], "big") for n in range(0, len(raw), 2)):
                text += font.meaning[code]
                width += font.widths.get(code, font.default)
                ink = width if font.meaning[code].strip() else ink
        else:
            width -= float(piece)
    return text, ink
