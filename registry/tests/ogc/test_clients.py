"""The features as programs of others read them: GDAL, which QGIS stands on, and a checker of the standard.

Each runs in a process of its own: GDAL holds the interpreter while it waits for an answer, and the checker wants
older libraries, which `make test` puts into an environment beside this one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from registry.api.ogc import openapi
from registry.api.ogc.collections import COLLECTIONS
from registry.tests.make import make_project

from .register import BAKU, SHEKI, one_of_each, place, somewhere

pytestmark = pytest.mark.django_db(transaction=True)

READ = """
import json, struct, sys
import pyogrio
register, box = sys.argv[1], tuple(map(float, sys.argv[2].split(",")))
found = {}
for name, kind in pyogrio.list_layers(register):
    asked = {"layer": str(name), "columns": ["code"], "PAGE_SIZE": 2, "force_2d": True}
    about, _ids, points, values = pyogrio.raw.read(register, **asked)
    inside = pyogrio.raw.read(register, bbox=box, **asked)[3] if name in ("projects", "regions") else None
    found[str(name)] = {
        "crs": about["crs"], "codes": list(values[0]), "inside": inside and list(inside[0]),
        "points": [struct.unpack("<BIdd", point)[2:] if point else None for point in points],
    }
print(json.dumps(found))
"""
BOX = "47,41,48,42"
CHECKER = settings.BASE_DIR / ".venv" / "ogctests"
# It wants every server to meet Part 2 of the standard as well, which is about other coordinate systems.
BESIDE_THE_POINT = "ogctests/features/core/test_crs.py::test_ast2"


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    path = {"PATH": os.environ["PATH"], "NO_PROXY": "*"}
    done = subprocess.run(command, cwd=cwd, env=path | environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    return done.stdout


def test_gdal_reads_every_collection_whole_page_by_page_and_by_place(client, live_server):
    made = one_of_each()
    there, nowhere = place("Baku", BAKU), make_project()
    for where in (made["regions"], made["regions"], there):
        far = somewhere(COLLECTIONS["projects"], where)
    found = json.loads(run(sys.executable, "-c", READ, f"OAPIF:{live_server.url}/ogc/", BOX))
    assert {*found} == {*COLLECTIONS}
    for name, layer in found.items():
        listed = [record["code"] for record in client.get(f"/api/v1/{name}/?ordering=code").json()["results"]]
        assert (layer["codes"], layer["crs"]) == (listed, "EPSG:4326")
        sheki, baku = ([float(end) for end in point] for point in (SHEKI, BAKU))
        elsewhere = {nowhere.pk: None, far.pk: baku, there.pk: baku}
        assert layer["points"] == [elsewhere.get(code, sheki) for code in listed]
        if name in {"projects", "regions"}:  # of these alone something lies outside
            inside = client.get(f"/api/v1/{name}/?ordering=code&bbox={BOX}").json()["results"]
            assert layer["inside"] == [record["code"] for record in inside] != layer["codes"] and inside


@pytest.fixture
def one_collection_of_each_kind(monkeypatch):
    """With days and places, with a year, and with a point of its own: the checker asks each some twenty times."""
    for name in COLLECTIONS.keys() - {"projects", "budgets", "sites"}:
        monkeypatch.delitem(COLLECTIONS, name)
    openapi.document.cache_clear()
    yield
    openapi.document.cache_clear()


@pytest.mark.usefixtures("one_collection_of_each_kind")
def test_a_checker_of_the_standard_finds_nothing_wrong(live_server):
    one_of_each()
    checks = CHECKER / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"
    said = run(
        *(CHECKER / "bin" / "python", "-m", "pytest", "ogctests/features/core", "--deselect", BESIDE_THE_POINT),
        *("-c", os.devnull, "--rootdir", checks, "-p", "no:cacheprovider", "--quiet"),
        cwd=checks,
        INSTANCE_URL=f"{live_server.url}/ogc/",
    )
    assert "28 passed" in said
