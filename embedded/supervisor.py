"""`make run`: the whole office on one machine, from nothing to READY, and to nothing again."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any, Final

from embedded import CannotRun, commands, endings, holding, processes
from embedded.endings import AskedToEnd
from embedded.places import ROOT, Places, places, read_whole, write_whole
from embedded.preparation import Preparation
from embedded.servers import (
    Addresses,
    Servers,
    child_environ,
    end_orphans,
    note_children,
    python,
)

HOST: Final = "127.0.0.1"
_WEB_SECONDS: Final = 7
_READY_SECONDS: Final = 120
_COMMAND_SECONDS: Final = 60


class Supervisor:
    """Owns every process of the office; they live and end with it."""

    def __init__(self, port: int, environ: Mapping[str, str], *, with_parent: bool) -> None:
        self.port = port
        self.environ = environ
        self.parent = os.getppid() if with_parent else None
        self.parent_heard = self._parent_listens_to() if with_parent else set()
        self.places = places(environ)
        self.servers = Servers(self.places, environ, say)
        self.preparation: Preparation | None = None
        self.office: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """Give the address of the office's front page."""
        return f"http://{HOST}:{self.port}/"

    def run(self) -> int:
        """Start everything, watch it, and end it in order; give the exit code."""
        hold = take_hold(self.places)
        end_orphans(self.places)  # what a killed supervisor left may still have the port
        refuse_a_taken_port(self.port)
        try:
            endings.listen()
            self._start()
            return self._watch()
        except AskedToEnd:
            say("ending")
            return 0
        finally:
            endings.ignore()
            self._stop()
            hold.release()
            say("ended, nothing is left running")

    def _start(self) -> None:
        began = time.monotonic()
        say("PostgreSQL and Valkey")
        addresses = self.servers.start()
        self.preparation = Preparation(self.servers, addresses)
        self.preparation.migrate()
        demo = self.environ.get("ORYNDAU_DEMO", "") not in {"", "0"}
        if demo:
            self.preparation.make_demo_office()
        say("web, worker, beat")
        self._start_office(addresses)
        self._wait_until_ready()
        self._write_run_file(addresses)
        say(f"ready in {time.monotonic() - began:.1f} s; logs are in {self.places.var / 'log'}")
        print(f"READY {self.url}", flush=True)

    def _start_office(self, addresses: Addresses) -> None:
        environ = child_environ(self.environ, self.places, addresses)
        for name, command in {
            "web": commands.web(f"{HOST}:{self.port}"),
            "worker": commands.WORKER,
            "beat": commands.BEAT,
        }.items():
            log = self.places.var / "log" / f"{name}.log"
            with endings.undisturbed(), log.open("wb") as output:
                self.office[name] = processes.start(
                    python(*command), environ=environ, folder=ROOT, output=output
                )
        note_children(self.places, {name: child.pid for name, child in self.office.items()})

    def _wait_until_ready(self) -> None:
        ready = processes.wait_for(
            lambda: self._dead() is not None or answers(self.port), seconds=_READY_SECONDS
        )
        self._refuse_the_dead()
        if not ready:
            log = self.places.var / "log" / "web.log"
            raise CannotRun(f"{self.url}healthz does not answer:\n{processes.tail(log)}")

    def _write_run_file(self, addresses: Addresses) -> None:
        demo: dict[str, Any] = read_whole(self.places.demo) or {}
        write_whole(
            self.places.run,
            {
                "url": self.url,
                "pid": os.getpid(),
                "users": demo.get("users", []),
                "tokens": demo.get("tokens", {}),
                "dsn": {"app": addresses.app, "owner": addresses.owner},
            },
        )

    def _watch(self) -> int:
        while True:
            self._refuse_the_dead()
            if self._parent_has_ended():
                raise AskedToEnd
            time.sleep(0.2)

    def _parent_has_ended(self) -> bool:
        if self.parent is None:
            return False
        if os.getppid() != self.parent:
            return True
        # Make that was interrupted by itself, not by the terminal, waits for us in silence; all
        # that shows is that it would no longer catch the next interrupt.
        return self._parent_listens_to() != self.parent_heard

    def _parent_listens_to(self) -> set[signal.Signals]:
        wishes = (signal.SIGINT, signal.SIGHUP)
        return {wish for wish in wishes if processes.handles(os.getppid(), wish)}

    def _children(self) -> dict[str, subprocess.Popen[bytes]]:
        return {**self.servers.children(), **self.office}

    def _dead(self) -> str | None:
        return next((name for name, it in self._children().items() if it.poll() is not None), None)

    def _refuse_the_dead(self) -> None:
        name = self._dead()
        if name is not None:
            code = self._children()[name].returncode
            log = self.places.var / "log" / f"{_LOGS.get(name, name)}.log"
            raise CannotRun(f"{name} ended by itself ({_how(code)}):\n{processes.tail(log)}")

    def _stop(self) -> None:
        self.places.run.unlink(missing_ok=True)
        if self.preparation is not None:
            self.preparation.abandon()
        processes.end_all(self.office.values(), by=signal.SIGTERM, seconds=_WEB_SECONDS)
        self.servers.stop()


_LOGS: Final = {"PostgreSQL": "postgres", "Valkey": "valkey"}


def take_hold(where: Places) -> holding.Hold:
    """Take hold of the office's servers; a command that has it is waited for, an office is not."""
    deadline = time.monotonic() + _COMMAND_SECONDS
    told = False
    while (hold := holding.take(where, what=holding.SUPERVISOR)) is None:
        holder = holding.holder(where)
        if holder.what == holding.SUPERVISOR or time.monotonic() > deadline:
            raise CannotRun(_already(where, holder))
        if not told:
            say(f"waiting for `{holder.what}` to end")
            told = True
        time.sleep(0.1)
    return hold


def _already(where: Places, holder: holding.Holder) -> str:
    run = read_whole(where.run)
    at = f" at {run['url']}" if run and run["pid"] == holder.pid else ""
    return (
        f"This office already runs{at} (`{holder.what}`, process {holder.pid}). End it with Ctrl-C "
        "there, or run a second office in another folder named by ORYNDAU_VAR."
    )


def refuse_a_taken_port(port: int) -> None:
    """Say kindly that a port cannot be had, before anything is started."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotRun(f"Port {port} is for root. Try `make run PORT=8001`.") from None
        except OSError:
            another = port + 1 if port < 65535 else 8000
            raise CannotRun(
                f"Port {port} is taken by another program. Try `make run PORT={another}`."
            ) from None


def answers(port: int) -> bool:
    """Tell whether the office says that it is well."""
    line = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def say(words: str) -> None:
    """Tell the person at the terminal what is being done; a closed terminal stops nothing."""
    with contextlib.suppress(OSError):
        print(f"oryndau: {words}", flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the office until asked to end."""
    parser = argparse.ArgumentParser(prog="python -m embedded.supervisor", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--with-parent", action="store_true", help="end when whoever started this ends"
    )
    given = parser.parse_args(arguments)
    if not 0 < given.port < 65536:
        parser.error(f"--port {given.port}: a port is a number from 1 to 65535")
    try:
        return Supervisor(given.port, os.environ, with_parent=given.with_parent).run()
    except CannotRun as reason:
        print(f"oryndau: {reason}", file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    sys.exit(main())
