"""Where the register is served on this machine: noted beside its files, and locked, for as long as it is served."""

import fcntl
from pathlib import Path
from typing import TextIO

_NAME = "served"  # in the folder of a register's files: another register has another one


def note(folder: Path, port: int) -> TextIO | None:
    """Tell the commands that run beside the server. It is told until what is returned is closed, or its process ends.

    None where another server tells it already, or where nothing can be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = open(folder / _NAME, "a")  # noqa: SIM115 - open for as long as it is served
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    file.truncate(0)
    file.write(str(port))
    file.flush()
    return file


def port(folder: Path) -> str:
    """The port that is noted, or "" where nobody serves: what a killed server has left is not locked."""
    try:
        with open(folder / _NAME) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read()
    except OSError:
        pass
    return ""
