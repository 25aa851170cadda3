"""What a program posts: JSON that can be read."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class DepthParser(JSONParser):
    """JSON; what is nested deeper than it can be read is refused as unreadable."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """The body as Python values; ParseError where there is none."""
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as too_deep:
            raise ParseError from too_deep
