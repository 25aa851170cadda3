# What we use of polib, which has no types of its own.
class POEntry:
    msgid: str
    msgstr: str

class POFile(list[POEntry]):
    def translated_entries(self) -> list[POEntry]: ...
    def save_as_mofile(self, fpath: str) -> None: ...

def pofile(pofile: str, *, encoding: str) -> POFile: ...
