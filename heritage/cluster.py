"""One PostgreSQL cluster in one private folder: `data` that initdb made, `log`, and the locks of its holders."""

import hashlib
import os
import pwd
import shlex
import shutil
import stat
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from heritage.programs import MAJOR, STAND_IN, CannotStart, Programs

NAME = "heritage"  # of the database and of its user
PORT = 5432  # only names the socket file: the server never listens on a network
LONGEST_SOCKET = 103  # bytes: what macOS takes; Linux takes 107

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "log_checkpoints": "off",
}
DURABLE = SETTINGS | {"shared_buffers": "256MB"}
# For data that nobody will miss: nothing waits for the disk.
FAST = SETTINGS | {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass
class Cluster:
    """A cluster and the programs that run it; a temporary one is fast and goes when it stops."""

    home: Path
    temporary: bool = False
    programs: Programs = field(init=False)

    def __post_init__(self) -> None:
        self.programs = Programs.beside(self.home)
        self._give(self.home)

    def serve(self) -> None:
        """Makes the data folder when there is none, starts the server unless it runs, makes the database.

        Raises CannotStart with a sentence for people. Call it from one process at a time.
        """
        self._initialise()
        folder = socket_folder(self.home)
        if folder != self.home:
            make_folder(folder)
            self._give(folder)
        address = ("--host", folder, "--port", str(PORT), "--username", NAME)
        if self.programs.code("pg_isready", "--quiet", *address) not in (0, 1):  # 1: still starting up
            self._start(folder)
        for _ in range(600):
            if self.programs.code("pg_isready", "--quiet", *address) == 0:
                break
            time.sleep(0.1)
        else:
            raise CannotStart(f"PostgreSQL has not become ready within a minute; {self.home / 'log'} says why.")
        if self.programs.code("psql", "--no-psqlrc", "--command", "", *address, NAME) != 0:
            self.programs.run("createdb", *address, NAME)

    def stop(self) -> None:
        """Stops the server, if it runs, and removes what needs no keeping."""
        self._stop()
        folder = socket_folder(self.home)
        if folder != self.home:
            with suppress(OSError):
                folder.rmdir()
        if self.temporary:
            shutil.rmtree(self.home, ignore_errors=True)

    def _initialise(self) -> None:
        """Whole or not at all; text sorts the same on every machine."""
        data, unfinished = self.home / "data", self.home / "data.unfinished"
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
        self.programs.run(
            *("initdb", "--pgdata", unfinished, "--username", NAME, "--auth", "peer", "--encoding", "UTF8"),
            *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--set", "timezone=UTC", "--set", "log_timezone=UTC"),
            *(("--no-sync",) if self.temporary else ()),
        )
        # The system vouches for whoever connects: only the account that made the cluster. There is no password to keep.
        (unfinished / "pg_hba.conf").write_text("local all all peer map=maker\n")
        (unfinished / "pg_ident.conf").write_text(f'maker "{_account(os.geteuid())}" {NAME}\n')
        unfinished.rename(data)

    def _start(self, folder: Path) -> None:
        self._clear_the_way()
        if self.programs.notice:
            print(self.programs.notice, file=sys.stderr, flush=True)
        log = self.home / "log"
        if log.exists():
            log.rename(self.home / "log.before")
        settings = (FAST if self.temporary else DURABLE) | {"unix_socket_directories": f'"{folder}"'}
        options = shlex.join(part for key, value in settings.items() for part in ("-c", f"{key}={value}"))
        self.programs.run(
            *("pg_ctl", "start", "--wait", "--silent", "--timeout", "300"),
            *("--pgdata", self.home / "data", "--log", log, "--options", options),
            log=log,
        )

    def _clear_the_way(self) -> None:
        """Deals with the pid file of a server that does not answer.

        The number in it may by now belong to a stranger, and PostgreSQL would refuse to start. A server whose socket
        was swept away runs on unheard, and has to end first.
        """
        lock = self.home / "data" / "postmaster.pid"
        if not lock.exists() or sys.platform != "linux":
            return
        command = Path("/proc", lock.read_text().partition("\n")[0].strip() or "none", "cmdline")
        if command.exists() and os.fsencode(self.home / "data") in command.read_bytes():
            self._stop()
        else:
            lock.unlink()

    def _stop(self) -> None:
        if (self.home / "data" / "postmaster.pid").exists():
            how = "immediate" if self.temporary else "fast"
            self.programs.code("pg_ctl", "stop", "--wait", "--silent", "--mode", how, "--pgdata", self.home / "data")

    def _give(self, folder: Path) -> None:
        """Hands a folder of ours to the account the server runs as. Raises CannotStart when it is somebody else's."""
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), self.programs.uid):
            owner, account = _account(status.st_uid), _account(os.geteuid())
            raise CannotStart(
                f"{folder} belongs to {owner}, and you are {account}. Start the register as "
                f"{'root' if owner == STAND_IN else owner}, or move that folder away to begin anew."
            )
        if status.st_uid != self.programs.uid:
            os.chown(folder, self.programs.uid, -1)
        os.chmod(folder, 0o700)


def socket_folder(home: Path) -> Path:
    """The home itself or, where a socket cannot have that path, a private folder in /tmp named after it.

    The path may be too long, and clients take a comma for the end of a host. Not TMPDIR: every process of the
    project must come to the same folder.
    """
    home = home.resolve()
    if len(os.fsencode(home / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and "," not in str(home):
        return home
    return Path("/tmp") / f"{NAME}-{hashlib.sha256(os.fsencode(home)).hexdigest()[:16]}"  # noqa: S108 - made private before use


def make_folder(folder: Path, mode: int = 0o700) -> None:
    """Makes the folder, if need be; unless told otherwise for this account alone. Raises CannotStart."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=mode, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"Cannot make {folder}: {error.strerror}.") from error


def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
