"""A paper that was set once in a session is not set again where papers are not what is tested.

Setting papers is half of what admitting a debtor costs, and most tests admit the same debtor on
the same day. It is pure: equal words and day give equal bytes in every thread (test_paper_files.py,
where every paper is set anew), so that what stands here is what the typesetter made of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest

from documents.pdf import press

#: How many papers are kept, of some 60 KB each.
_ROOM: Final = 2000
_PAPERS: Final[dict[tuple[str, date], bytes]] = {}
_SET: Final = type(press)._set


def _set_once(self: Any, compiler: Any, paper: str, *, on: date) -> bytes:
    known = _PAPERS.get((paper, on))
    if known is None:
        if len(_PAPERS) >= _ROOM:
            _PAPERS.clear()
        known = _PAPERS[paper, on] = _SET(self, compiler, paper, on=on)
    return known


@pytest.fixture(scope="module", autouse=True)
def papers_once() -> Iterator[None]:
    """Let a folder's tests set each paper once; its conftest.py names this fixture."""
    with pytest.MonkeyPatch.context() as during:
        during.setattr(type(press), "_set", _set_once)
        yield
