"""The embedded PostgreSQL: who holds it, what it survives, and that it leaves the machine as it was."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dj_database_url
import psycopg2
import pytest

from heritage import embedded

HOLD = """
import signal, sys, pathlib
from heritage import embedded
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have switched it off, as nohup does
print(getattr(embedded, sys.argv[1])(pathlib.Path(sys.argv[2])), flush=True)
sys.stdin.read()
"""


def hold(folder: Path, way: str = "start") -> subprocess.Popen:
    command = [sys.executable, "-c", HOLD, way, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own


@contextmanager
def holder(folder: Path, way: str = "start") -> Iterator[subprocess.Popen]:
    """A process that holds a server until the block ends."""
    with hold(folder, way) as process:
        assert process.stdout.readline().startswith("postgres://")
        yield process
        process.stdin.close()


def kill(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()


def ask(home: Path, question: str) -> list[tuple]:
    with closing(psycopg2.connect(embedded.url(home))) as connection, connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


def runs(home: Path) -> bool:
    try:
        return ask(home, "select 1") == [(1,)]
    except psycopg2.OperationalError:
        return False


def server(home: Path) -> str:
    return (home / "data" / "postmaster.pid").read_text().splitlines()[0]


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "postgres"


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Path]:
    """The home of a server that runs, in a private folder."""
    home = tmp_path_factory.mktemp("private") / "postgres"
    home.parent.chmod(0o700)
    with holder(home):
        yield home


def test_data_survive_a_restart(home):
    with holder(home):
        ask(home, "create table kept as select 'Şəki' as name")
    assert not runs(home)
    with holder(home):
        assert ask(home, "select name from kept") == [("Şəki",)]


def test_the_last_of_two_holders_stops_the_server(home):
    with holder(home):
        with holder(home):
            pass
        assert runs(home)
    assert not runs(home)


def test_two_may_start_at_once(home):
    with hold(home) as first, hold(home) as second:
        assert {first.stdout.readline(), second.stdout.readline()} == {f"{embedded.url(home)}\n"}
        assert runs(home)
        first.stdin.close()
        second.stdin.close()


def test_a_killed_holder_is_not_counted(home):
    with holder(home) as first, holder(home):
        kill(first)
        assert runs(home)
    assert not runs(home)


def test_a_server_that_a_killed_holder_left_is_adopted(home):
    with holder(home) as process:
        left = server(home)
        kill(process)
    assert runs(home)
    with holder(home):
        assert server(home) == left
    assert not runs(home)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["terminated", "terminal-closed"])
def test_a_holder_told_to_end_stops_the_server(home, number):
    with holder(home) as process:
        process.send_signal(number)
        assert process.wait() == 128 + number
    assert not runs(home)


def test_ctrl_c_at_the_terminal_does_not_reach_the_server(running):
    assert os.getsid(int(server(running))) != os.getsid(0)


def test_a_killed_server_starts_again_with_its_data(home):
    with holder(home):
        ask(home, "create table kept as select 1 as number")
        os.kill(int(server(home)), signal.SIGQUIT)
    with holder(home):
        assert ask(home, "select number from kept") == [(1,)]


def test_a_pid_file_that_names_a_stranger_is_survived(home):
    with holder(home):
        lines = (home / "data" / "postmaster.pid").read_text().splitlines()
    (home / "data" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with holder(home):
        assert runs(home)


def test_a_server_whose_socket_was_swept_away_is_started_anew(home):
    with holder(home) as process:
        kill(process)
    (home / ".s.PGSQL.5432").unlink()
    with holder(home):
        assert runs(home)


def test_an_interrupted_first_start_is_survived(home):
    (home / "data.unfinished").mkdir(parents=True)
    (home / "data.unfinished" / "half").touch()
    with holder(home):
        assert runs(home)


@pytest.mark.parametrize("name", ["a" * 120, "Ə, with 'quotes'"], ids=["too-long", "comma"])
def test_a_path_that_a_socket_cannot_have_gets_its_socket_elsewhere(tmp_path, name):
    home = tmp_path / name
    elsewhere = Path(dj_database_url.parse(embedded.url(home))["HOST"])
    assert tmp_path not in elsewhere.parents
    with holder(home):
        assert runs(home)
        assert elsewhere.stat().st_mode & 0o077 == 0
    assert not elsewhere.exists()


@pytest.mark.parametrize("path", ["/Users/Jale/My Register", "/srv/miras-ı/a@b:c%2F[d]?e#f"], ids=["capitals", "marks"])
def test_the_address_comes_through_the_parser_whole(path):
    parsed = dj_database_url.parse(embedded.url(Path(path)))
    assert (parsed["HOST"], parsed["NAME"], parsed["USER"]) == (path, "heritage", "heritage")


def test_no_folder_is_opened_to_others(running):
    assert running.parent.stat().st_mode & 0o777 == 0o700
    assert running.stat().st_mode & 0o777 == 0o700


def test_the_server_listens_on_no_network(running):
    assert ask(running, "show listen_addresses") == [("",)]


def test_text_sorts_alike_on_every_machine(running):
    provider = "select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database"
    assert set(ask(running, provider)) == {("b", "C.UTF-8", "UTF8")}


def test_data_of_another_version_are_refused(home):
    with holder(home):
        pass
    (home / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(embedded.CannotStart, match="made by PostgreSQL 17"):
        embedded.start(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_a_folder_of_another_account_is_refused(home):
    home.mkdir()
    os.chown(home, 1, -1)
    with pytest.raises(embedded.CannotStart, match="belongs to"):
        embedded.start(home)


def test_a_throwaway_goes_with_its_process(tmp_path):
    with holder(tmp_path, "throwaway"):
        (home,) = tmp_path.glob("cluster-*")
        assert runs(home)
    assert not home.exists()


def test_what_a_killed_test_run_left_is_swept(tmp_path):
    with holder(tmp_path, "throwaway") as process:
        (left,) = tmp_path.glob("cluster-*")
        kill(process)
    with holder(tmp_path, "throwaway"):
        assert not left.exists()
        assert not runs(left)
