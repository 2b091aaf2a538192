"""`manage.py serve`, as `make run` starts it: from an empty database to pages, and out again."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password

from registry.management.static_files import collect_static_files

GIVEN = "Qoşa-Qala-Qapısı-1988"
GUNICORN = ["-m", "gunicorn", "heritage.wsgi", "--bind=127.0.0.1:0", "--no-control-socket", "--log-level=error"]


def ask(url: str, question: str, *values) -> list[tuple]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall() if cursor.description else []


@contextmanager
def empty_database() -> Iterator[str]:
    """The address of a new database on the server of the tests."""
    server, name = os.environ["DATABASE_URL"], f"serve_{uuid4().hex}"
    ask(server, f"create database {name} template template0")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        ask(server, f"drop database {name} with (force)")


@pytest.fixture
def database() -> Iterator[str]:
    with empty_database() as url:
        yield url


@pytest.fixture(scope="module")
def prepared() -> Iterator[str]:
    """A database that a first start, with a given password, has prepared."""
    with empty_database() as url:
        with serving(url, ADMIN_PASSWORD=GIVEN) as (process, _said):
            process.send_signal(signal.SIGTERM)
        yield url


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def beside(url: str) -> dict[str, str]:
    """The environment of a command on this database, whose register keeps its files in a folder of its own."""
    keep = {key: value for key, value in os.environ.items() if key not in ("ADMIN_PASSWORD", "PUBLIC_URL", "PORT")}
    return keep | {"DATABASE_URL": url, "MEDIA_ROOT": f"{settings.MEDIA_ROOT}{urlsplit(url).path}"}


def serve(url: str, **environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=beside(url) | {"PORT": str(free_port())} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def serving(url: str, **environment: str) -> Iterator[tuple[subprocess.Popen, str]]:
    """A register that answers, and what it said until then."""
    with serve(url, **environment) as process:
        said = ""
        while "Ctrl-C stops it." not in said and (line := process.stdout.readline()):
            said += line
        try:
            yield process, said
        finally:
            process.terminate()


def status(said: str, page: str) -> int:
    """What a page answers, at the address that was told."""
    address = urlsplit(re.search(r"http://\S+", said)[0]).netloc
    with closing(HTTPConnection(address)) as connection:
        connection.request("GET", page)
        return connection.getresponse().status


def refusal(url: str, **environment: str) -> str:
    """What a start that is refused says."""
    with serve(url, **environment) as process:
        said = process.communicate()[0]
    assert process.returncode == 1
    assert "Traceback" not in said
    return said


def test_a_first_start_loads_the_records_and_names_the_administrator_once(database):
    with serving(database) as (_process, said):
        (password,) = re.findall(r"user admin, password (\S+)", said)
        pages = ["/", "/api/v1/", "/api/docs/", "/accounts/login/"]
        assert [status(said, page) for page in pages] == [200] * len(pages)
    assert ask(database, "select count(*) from registry_change")[0][0] > 0
    ((stored,),) = ask(database, "select password from registry_user where username = 'admin' and is_superuser")
    assert check_password(password, stored)
    with serving(database) as (_process, said):
        assert "password" not in said


def test_a_second_start_keeps_every_edit(prepared):
    ask(prepared, "update registry_project set title = 'Edited' where code = 'PRJ-0001'")
    changes = ask(prepared, "select max(number), count(*) from registry_change")
    with serving(prepared) as (_process, said):
        assert "Records" not in said
    assert ask(prepared, "select title from registry_project where code = 'PRJ-0001'") == [("Edited",)]
    assert ask(prepared, "select max(number), count(*) from registry_change") == changes


def test_a_given_password_is_taken(prepared):
    ((stored,),) = ask(prepared, "select password from registry_user where username = 'admin'")
    assert check_password(GIVEN, stored)


def test_a_weak_password_is_refused(database):
    assert "ADMIN_PASSWORD is refused" in refusal(database, ADMIN_PASSWORD="admin")
    assert ask(database, "select count(*) from registry_user") == [(0,)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["ctrl-c", "term", "hangup"])
def test_a_signal_ends_it_in_order(prepared, number):
    with serving(prepared) as (process, said):
        assert status(said, "/accounts/login/") == 200
        process.send_signal(number)
        rest = process.stdout.read()
        assert process.wait() == 0
    assert "Traceback" not in rest
    with pytest.raises(ConnectionRefusedError):
        status(said, "/")


def worker_of(process: subprocess.Popen) -> int:
    """The number of the process in which the background work is done."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return next(int(child) for child in children if b"work\0" in Path(f"/proc/{child}/cmdline").read_bytes())


def test_the_worker_is_started_again_and_does_not_outlive_a_killed_server(prepared):
    with serving(prepared) as (process, said):
        assert "a worker runs beside the server" in said
        os.kill(worker_of(process), signal.SIGKILL)
        assert "starting it again" in process.stdout.readline()
        process.kill()
        assert process.stdout.read() == ""  # ends only when nobody is left who could write


def dumped(url: str) -> str:
    """What a dump that is made by hand says its addresses begin with."""
    run = [sys.executable, "manage.py", "dump"]
    made = subprocess.run(run, env=beside(url), cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)  # noqa: S603
    return re.search(r"begin with (\S+)", made.stdout)[1]


def test_a_dump_that_is_made_by_hand_links_to_where_the_register_is_served(prepared):
    with serving(prepared) as (process, said):
        served = re.search(r"http://[^/\s]+", said)[0]
        assert dumped(prepared) == served != "http://127.0.0.1:8000"
        process.kill()
        assert process.stdout.read() == ""
    assert dumped(prepared) == "http://127.0.0.1:8000"


def test_a_taken_port_is_refused(prepared):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used" in refusal(prepared, PORT=str(port))


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(prepared, port):
    assert f"PORT is {port}" in refusal(prepared, PORT=port)


def test_a_database_that_is_away_is_named(tmp_path):
    assert "The database cannot be used" in refusal("postgres://nobody@127.0.0.1:1/none")


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        (["manage.py", "serve"], {"IATI_ORGANISATION": "ministry"}, "IATI_ORGANISATION is the operator's identifier"),
        (GUNICORN, {"IATI_ORGANISATION": "ministry"}, "IATI_ORGANISATION is the operator's identifier"),
        (["manage.py", "dump"], {"PUBLIC_URL": "https://register.example"}, "Set the environment variable SECRET_KEY"),
        (["manage.py", "check"], {"DATABASE_URL": "sheki"}, "DATABASE_URL is written like postgres://"),
    ],
    ids=["serve", "under gunicorn", "one that is missing", "an address that is none"],
)
def test_a_setting_that_is_refused_is_said_in_a_sentence_alone(command, given, said):
    environment = {key: value for key, value in os.environ.items() if key != "SECRET_KEY"} | given
    run = [sys.executable, *command]
    refused = subprocess.run(run, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True)  # noqa: S603
    assert refused.returncode and refused.stdout == ""
    assert refused.stderr.startswith(said) and "Traceback" not in refused.stderr


def test_static_files_are_collected_only_when_one_has_changed(settings, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [source], target
    hashed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": hashed}
    source.mkdir()
    (source / "page.css").write_text("p { margin: 0 }")
    assert collect_static_files()
    assert not collect_static_files()
    (source / "page.css").write_text("p { margin: 1em }")
    assert collect_static_files()
    assert (target / "page.css").read_text() == "p { margin: 1em }"
    (target / "staticfiles.json").unlink()  # as when the last collection was cut short
    assert collect_static_files()
