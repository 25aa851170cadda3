# What we use of polib, which has no types of its own.
class POEntry:
    msgid: str
    msgstr: str
    msgctxt: str | None
    msgid_plural: str
    msgstr_plural: dict[int, str]
    occurrences: list[tuple[str, str]]
    flags: list[str]
    comment: str
    tcomment: str
    fuzzy: bool
    def __init__(
        self, *, msgid: str = ..., msgctxt: str | None = ..., msgid_plural: str = ...
    ) -> None: ...

class POFile(list[POEntry]):
    header: str
    metadata: dict[str, str]
    wrapwidth: int
    def __init__(self, *, wrapwidth: int = ...) -> None: ...
    def translated_entries(self) -> list[POEntry]: ...
    def save(self, fpath: str) -> None: ...
    def save_as_mofile(self, fpath: str) -> None: ...

def pofile(pofile: str, *, encoding: str = ..., wrapwidth: int = ...) -> POFile: ...
