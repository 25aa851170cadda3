"""Somebody at his screen: a form is sent with what its page put into it."""

from __future__ import annotations

import re
from typing import Any, Final

from django.test import Client

HEAD: Final = re.compile(r'name="head" value="([0-9a-f]{64})"')
#: Where the forms of verbs, files, papers and decisions stand.
_OF_CASES: Final = ("/cases/", "/post", "/sanctions", "/approvals")
#: Which of several forms of a list is meant, by what they post.
_NAMES: Final = ("paper", "measure", "postponement")


class Desk(Client):
    """A browser that sends the state of the case a form was shown with, as a page's form does."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Send a form; `head` is read from its page unless told."""
        given = dict(data or {})
        if path.startswith(_OF_CASES) and "head" not in given:
            given |= {"head": head} if (head := head_shown(self, path, given)) else {}
        return super().post(path, given, *args, **kwargs)


def head_shown(client: Client, path: str, given: dict[str, Any]) -> str:
    """The state of the case that the form of an address was shown with; "" where none is."""
    page = path.removesuffix("/attach")
    typed = {name: value for name, value in given.items() if isinstance(value, str)}
    known = {name: value for name, value in typed.items() if name != "password"}
    answer = client.get(page, known if page.count("/") > 2 else {})
    shown = answer.content.decode()
    wanted = [str(given[name]) for name in _NAMES if name in given]
    forms = shown.split("<form")
    meant = [each for each in forms if any(value in each for value in wanted)] or forms
    found = [head for each in meant for head in HEAD.findall(each)]
    # What is closed has no form; who posts it all the same has seen that page.
    closed = (answer.context or {}).get("head", "")
    return found[0] if found else closed
