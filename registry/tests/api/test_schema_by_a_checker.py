"""The schema as Redocly reads it, which is what many tools of partners are built on."""

import json
import subprocess

import pytest
from django.conf import settings

from registry.api import schema

REDOCLY = settings.BASE_DIR / ".venv/checker/node_modules/.bin/redocly"
NODE = settings.BASE_DIR / ".venv/bin"
RULES = settings.BASE_DIR / "registry/tests/api/redocly.yaml"


@pytest.fixture
def faults(tmp_path):
    """By their rules, the errors and warnings that a document has."""

    def found(document):
        path = tmp_path / "openapi.json"
        path.write_text(json.dumps(document))
        done = subprocess.run(  # noqa: S603 - our own program and files
            [NODE / "node", REDOCLY, "lint", "--config", RULES, "--format", "json", path],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": str(NODE), "HOME": str(tmp_path), "REDOCLY_TELEMETRY": "off", "CI": "1"},
        )
        assert done.stdout, done.stderr
        return {f"{p['ruleId']}: {p['message']}" for p in json.loads(done.stdout)["problems"]}

    return found


def test_the_schema_has_neither_an_error_nor_a_warning(faults):
    assert faults(json.loads(json.dumps(schema.document(), default=str))) == set()


def test_the_checker_would_notice(faults):
    document = json.loads(json.dumps(schema.document(), default=str))
    document["paths"]["/api/v1/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {"type": "text"}
    del document["info"]["license"]
    assert {fault.partition(":")[0] for fault in faults(document)} >= {"struct", "info-license"}
