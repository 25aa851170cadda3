"""Where the one-machine stack keeps its things."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from embedded import CannotRun

ROOT: Final = Path(__file__).resolve().parent.parent
PG_MAJOR: Final = 18

# The kernel takes socket paths up to 107 bytes; this leaves room for the servers' own names.
_LONGEST_FOLDER: Final = 70
_PLAIN: Final = re.compile(r"[A-Za-z0-9._/+-]+")


@dataclass(frozen=True)
class Places:
    """The paths of one office's stack, all hanging on its var folder."""

    var: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data, named by its major version (a link where it must lie elsewhere)."""
        return self.var / f"pg-{PG_MAJOR}"

    @property
    def valkey(self) -> Path:
        """Valkey's data."""
        return self.var / "valkey"

    @property
    def lock(self) -> Path:
        """Held by the process that started the servers, for as long as it lives."""
        return self.var / "lock"

    @property
    def guests(self) -> Path:
        """Held shared by each command that uses servers somebody else started."""
        return self.var / "guests"

    @property
    def servers(self) -> Path:
        """The running servers' addresses, for commands."""
        return self.var / "servers.json"

    @property
    def children(self) -> Path:
        """The office's own processes, to be ended should their supervisor be killed outright."""
        return self.var / "children.json"

    @property
    def run(self) -> Path:
        """What a person or a test needs to use the running office."""
        return self.var / "run.json"

    @property
    def demo(self) -> Path:
        """The demo office's sign-ins and tokens."""
        return self.var / "demo.json"

    @property
    def migrated(self) -> Path:
        """The digest of the migrations already applied to the embedded cluster."""
        return self.var / "migrated"

    @property
    def sockets(self) -> Path:
        """The servers' sockets: under var, or in a short plain folder where var's path is not."""
        near = self.var / "s"
        short = len(os.fsencode(near)) <= _LONGEST_FOLDER and _PLAIN.fullmatch(str(near))
        if short and (os.getuid() != 0 or is_reachable(self.var)):
            return near
        digest = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:10]
        return Path("/tmp") / f"oryndau-{os.getuid()}-{digest}"


def places(environ: Mapping[str, str]) -> Places:
    """Find the office's var folder."""
    return Places(Path(environ.get("ORYNDAU_VAR") or ROOT / "var").absolute())


def make_private(folder: Path) -> None:
    """Make a folder for this user alone; root's may be walked through by its servers' user."""
    mode = 0o711 if os.getuid() == 0 else 0o700
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    # A link that somebody else has laid is refused too, wherever it leads.
    owner = next((o.st_uid for o in (folder.lstat(), folder.stat()) if o.st_uid != os.getuid()), -1)
    if owner >= 0:
        raise CannotRun(
            f"{folder} belongs to another user (uid {owner}). Run as that user, remove the folder, "
            "or name another one by ORYNDAU_VAR."
        )
    folder.chmod(mode)


def is_reachable(folder: Path) -> bool:
    """Tell whether any user may walk to a folder, so that root's servers can run as nobody."""
    return all(
        step.stat().st_mode & stat.S_IXOTH for step in folder.absolute().parents if step.exists()
    )


def write_whole(file: Path, content: Any) -> None:
    """Write JSON that only this user reads, all of it or nothing."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(content, out, ensure_ascii=True, indent=2)
        out.write("\n")
    os.replace(fresh, file)


def read_whole(file: Path) -> Any:
    """Read what `write_whole` wrote; None where there is nothing, or nothing readable."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
