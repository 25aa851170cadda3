"""Hands that know the keyboard alone: they walk from field to field, as clerks do."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

#: More keys than the whole form has fields: who presses more is lost.
LOST: Final = 90

_HELD: Final = """[
  document.activeElement.id,
  document.activeElement.matches("form#intake :is(input, select)"),
]"""


class Hands:
    """Keys pressed on a page; nothing here points, clicks or sets a value."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, key: str, times: int = 1) -> None:
        """Press a key some times."""
        for _ in range(times):
            self.page.keyboard.press(key)

    def held(self) -> str:
        """The id of the field the hands are on."""
        return str(self.page.evaluate("document.activeElement.id"))

    def walk_to(self, field: str) -> None:
        """Go on to a field: by Enter, and by Tab where Enter does something else."""
        for _ in range(LOST):
            held, on_a_field = self.page.evaluate(_HELD)
            if held == field:
                return
            self.press("Enter" if on_a_field else "Tab")
        raise AssertionError(f"the keyboard never comes to {field}")

    def write(self, field: str, text: str) -> None:
        """Type into a text field."""
        self.walk_to(field)
        self.page.keyboard.type(text)

    def write_date(self, field: str, iso: str) -> None:
        """Type a date in the order this browser takes it."""
        self.walk_to(field)
        self.page.keyboard.type(self._typed(iso))

    def choose(self, field: str, value: str) -> None:
        """Choose in a list by arrows."""
        self.walk_to(field)
        down = self.page.evaluate(
            "value => [...document.activeElement.options].findIndex(o => o.value === value)"
            " - document.activeElement.selectedIndex",
            value,
        )
        self.press("ArrowDown" if down > 0 else "ArrowUp", abs(down))
        assert self.page.evaluate("document.activeElement.value") == value

    def tick(self, field: str) -> None:
        """Tick a box, or take another choice of its group."""
        self.walk_to(field)
        self.press("Space")

    def _typed(self, iso: str) -> str:
        year, month, day = iso.split("-")
        return {"ymd": year + month + day, "mdy": month + day + year, "dmy": day + month + year}[
            self._order
        ]

    @cached_property
    def _order(self) -> str:
        """The order of year, month and day in date fields here, found by typing one."""
        probe = self.page.context.new_page()
        probe.set_content("<input type=date autofocus>")
        probe.focus("input")
        probe.keyboard.type("02032004")
        order = {"2004-02-03": "mdy", "2004-03-02": "dmy"}.get(probe.input_value("input"), "ymd")
        probe.close()
        return order
