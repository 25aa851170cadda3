"""The whole contract of the API: what every operation answers beside its own answers."""

from http import HTTPStatus
from inspect import cleandoc
from typing import Any, Final

from drf_spectacular.openapi import AutoSchema

from enforcement.core.openapi import Shape
from enforcement.core.problems import PROBLEM, ProblemShape

#: How the refusals are told that any request can meet, and those with a body beside.
ALWAYS: Final = {
    "401": "No token that holds.",
    "403": "The caller's role, or the token's scopes, do not reach so far.",
    "404": "Nothing that the caller may see stands there.",
    "406": "No answer in the format asked for.",
    "422": "A value that cannot be, named by its field.",
    "500": "A fault of ours.",
    "503": "The office's stores do not answer: ask again after `Retry-After` seconds.",
}
WITH_A_BODY: Final = {
    "400": "The body cannot be read.",
    "409": "The state does not allow it, or it was decided otherwise.",
    "411": "The length of the body is not told.",
    "412": "The case is not as `If-Match` tells it.",
    "413": "The body is larger than 2.5 MB.",
    "415": "The body is no JSON.",
}
TAG: Final = {
    "ETag": {
        "description": "Changes with the answer; where the answer has a `head`, that stands first.",
        "schema": {"type": "string"},
    }
}
#: What a caller can make his request conditional on.
IF_NONE_MATCH: Final = {
    "in": "header",
    "name": "If-None-Match",
    "description": "The `ETag` of an answer the caller has: 304 where it is still the same.",
    "schema": {"type": "string"},
}
IF_MATCH: Final = {
    "in": "header",
    "name": "If-Match",
    "description": "The `head` or `ETag` the decision is on: 412 where the case moved on since.",
    "schema": {"type": "string"},
}
GROUPS: Final = {
    "executive-documents": "Courts and bodies hand documents in, look at them before, find them.",
    "cases": "Whoever may see a case reads it, its journal, its terms, its papers.",
    "papers": "The papers of the office, as PDF in Kazakh and Russian.",
    "changes": "What happened since, for who follows many cases.",
    "sanctions": "Prosecutors decide on freezes of money in banks.",
    "supervision": "Prosecutors demand, protest, take a file for checking and return it.",
}


class Described(AutoSchema):
    """An operation is called what its class says, and answers problems in one shape."""

    def get_summary(self) -> str:
        """The first sentence of the class."""
        return cleandoc(self.view.__class__.__doc__ or "").split("\n")[0].rstrip(".")

    def get_operation(self, *given: Any, **known: Any) -> Any:
        """The operation with all it can answer."""
        found = super().get_operation(*given, **known)
        if found:
            self._complete(found)
        return found

    def _complete(self, found: dict[str, Any]) -> None:
        described: Any = Shape(ProblemShape)
        content = {PROBLEM: {"schema": self.resolve_serializer(described, "response").ref}}
        answers = found["responses"]
        refusals = ALWAYS | (WITH_A_BODY if self.method == "POST" else {})
        for code, why in refusals.items():
            answers[code] = {"description": why, "content": content}
        for code, answer in answers.items():
            answer["description"] = answer["description"] or HTTPStatus(int(code)).phrase
        answers.get("200", {})["headers"] = TAG
        if self.method == "GET":
            answers["304"] = {"description": "The caller has it already.", "headers": TAG}
            found.setdefault("parameters", []).append(IF_NONE_MATCH)
        elif getattr(self.view, "conditional", False):
            found.setdefault("parameters", []).append(IF_MATCH)
        found["responses"] = dict(sorted(answers.items()))


def grouped(result: dict[str, Any], **known: Any) -> dict[str, Any]:
    """The groups of operations, in words."""
    operations = [each for path in result["paths"].values() for each in path.values()]
    used = sorted({tag for each in operations for tag in each["tags"]})
    result["tags"] = [{"name": name, "description": GROUPS.get(name, name)} for name in used]
    return result
