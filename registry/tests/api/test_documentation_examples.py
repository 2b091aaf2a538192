"""Every example of the documentation, taken from its page as it stands, runs and prints what the page says."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.utils import timezone
from lxml import html

from registry import dumps, ledger, seeding, webhooks
from registry.api import docs
from registry.models import FeedEntry, TokenScope, Webhook
from registry.tests.admin.forms import sign_in
from registry.tests.api.test_proposals import token_of
from registry.tests.make import make_user
from registry.webhooks import keys
from registry.webhooks.messages import Message

INTERPRETERS = {"Shell": ["bash", "-euo", "pipefail", "-c"], "Python": [sys.executable, "-c"], "R": ["Rscript", "-e"]}
NEEDED = {"curl": "curl", "sha256sum": "coreutils", "Rscript": "r-base-core"}  # by program, the package of Debian
DIFFERS = "…"
# What the examples ask of ogr2ogr, asked of the same library, where the program itself is not there.
OGR2OGR = f"""#!{sys.executable}
import csv, sys
import pyogrio
if sys.argv[2] == "GPKG":
    about, _ids, points, values = pyogrio.raw.read(sys.argv[4], layer=sys.argv[5], columns=["code"], force_2d=True)
    said = dict(driver="GPKG", geometry_type="Point", crs=about["crs"])
    pyogrio.raw.write(sys.argv[3], points, values, about["fields"], **said)
else:
    _vsistdout, source, layer, _spat, *box, _select, names = sys.argv[3:]
    asked = dict(layer=layer, columns=names.split(","), bbox=tuple(map(float, box)), read_geometry=False)
    about, _ids, _points, values = pyogrio.raw.read(source, **asked)
    csv.writer(sys.stdout, lineterminator="\\n").writerows([about["fields"], *zip(*values)])
"""


@pytest.fixture
def secret(settings, tmp_path) -> str:
    """That of a webhook, of a register with the first records, its feed and a dump; the examples name the records."""
    settings.MEDIA_ROOT = tmp_path / "media"
    seeding.seed()
    ledger.catch_up()
    dumps.make()
    webhook = Webhook(name="Catalogue", partner="A museum", url="https://museum.example/", nouns=["projects"])
    return webhooks.begin(webhook, by=make_user(email="maker@example.org"), from_start=True)


@pytest.fixture
def surroundings(secret, tmp_path) -> dict[str, str]:
    """What somebody who tries the examples has: a folder of their own, a token, a secret; and no database."""
    for program, package in NEEDED.items():
        assert shutil.which(program), f"There is no {program}: apt-get install {package}, or run make test as root."
    desk, programs = tmp_path / "desk", tmp_path / "bin"
    desk.mkdir()
    programs.mkdir()
    (desk / "manage.py").symlink_to(docs.settings.BASE_DIR / "manage.py")
    (desk / ".venv").symlink_to(sys.prefix)
    if not shutil.which("ogr2ogr"):
        (programs / "ogr2ogr").write_text(OGR2OGR)
        (programs / "ogr2ogr").chmod(0o755)
    both = (TokenScope.READ, TokenScope.PROPOSE)
    token = token_of(sign_in("Partners", is_staff=False).user, *both)["HTTP_AUTHORIZATION"].removeprefix("Token ")
    path = [str(programs), os.environ["PATH"]]
    return {
        "PATH": os.pathsep.join(path),
        "HOME": str(desk),
        "LC_ALL": "C.UTF-8",
        "NO_PROXY": "*",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "TOKEN": token,
        "WEBHOOK_SECRET": secret,
        "PORT": "0",
    }


def shown(client: httpx.Client) -> Iterator[tuple[str, str, str, str]]:
    """Of every page, in the order of the pages, each example: its name, its language, its text and what it prints."""
    for page in docs.PAGES:
        found = html.fromstring(client.get("/api/docs/" if page.name == "start" else f"/api/docs/{page.name}/").text)
        for figure in found.iter("figure"):
            program, printed = figure.findall("pre")
            language = figure.xpath("string(.//*[@class='example-language'])")
            yield figure.get("id").removeprefix("example-"), language, program.text_content(), printed.text_content()


def run(language: str, text: str, surroundings: dict[str, str]) -> str:
    """What the program prints, and what went wrong."""
    command = [*INTERPRETERS[language], text]
    asked = {"cwd": surroundings["HOME"], "env": surroundings, "capture_output": True, "text": True}
    done = subprocess.run(command, check=False, timeout=60, **asked)  # noqa: S603
    return done.stdout if done.returncode == 0 else f"{done.stdout}{done.stderr}"


def receive(text: str, surroundings: dict[str, str]) -> str:
    """What the receiver prints when it hears a stranger once, and the first message of the register twice."""
    webhook, now = Webhook.objects.get(), timezone.now()
    message = Message.about(webhook, FeedEntry.objects.current().get(code="PRJ-0001"))
    genuine, foreign = (message.headers(now, secrets) for secrets in (keys.of(webhook, now), [b"another"]))
    asked = {"env": surroundings, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen([sys.executable, "-c", text], **asked) as listening:  # noqa: S603
        try:
            first = listening.stdout.readline()
            address = f"http://127.0.0.1:{first.split()[-1].rstrip('.')}/"
            answers = [httpx.post(address, content=message.body, headers=sent) for sent in (foreign, genuine, genuine)]
            assert [answer.status_code for answer in answers] == [401, 204, 204]
        finally:
            listening.kill()
        return first + listening.stdout.read()


def as_said(output: str, printed: str) -> bool:
    """Whether the output is what the page says is printed; “…” stands for anything within a line."""
    pattern = re.escape(printed).replace(DIFFERS, ".*?")
    return re.fullmatch(pattern, output.rstrip()) is not None


@pytest.mark.django_db(transaction=True)
def test_every_example_works_as_its_page_shows_it(live_server, surroundings):
    with httpx.Client(base_url=live_server.url, trust_env=False) as client:
        found = list(shown(client))
    wrong = {}
    for name, language, text, printed in found:
        output = receive(text, surroundings) if name == "receiver" else run(language, text, surroundings)
        if not as_said(output, printed):
            wrong[name] = output
    assert not wrong, "\n".join(f"== {name} ==\n{output}" for name, output in wrong.items())
    assert {name for name, *_rest in found} == docs.examples().keys() and len(found) == len(docs.examples())
    propose = next(text for name, _language, text, _printed in found if name == "propose")
    late = propose.replace('"version": 1', '"version": 9').replace("change-0001", "change-0002")
    assert as_said(run("Shell", late, surroundings), '{…"status":412,…}')  # and no address made of a refusal
    assert not any(docs.HOST in text for _name, _language, *texts in found for text in texts)
    written = Path(surroundings["HOME"])
    assert (written / "projects.gpkg").stat().st_size > 10_000 and (written / "register.ndjson").exists()
    assert not (written / "again.json").exists()
