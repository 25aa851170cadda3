"""One line an event on standard error, with the values that a database quotes in errors cut out."""

from __future__ import annotations

import logging
import re

# PostgreSQL names the offending values: "DETAIL:  Key (iin)=(...) already exists."
_QUOTED_VALUES = re.compile(r"^(DETAIL|CONTEXT):.*$", re.MULTILINE)


class PlainFormatter(logging.Formatter):
    """Formats for people, and keeps rows of the database out of the log."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, and the traceback where there is one, without quoted values."""
        return _QUOTED_VALUES.sub(r"\1: (left out)", super().format(record))
