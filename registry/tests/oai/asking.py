"""Asks the repository as a harvester does, and holds every answer against the grammar of the protocol."""

from functools import cache
from pathlib import Path
from typing import Any

from django.test import Client
from lxml import etree

from registry import ledger

SPACES = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "i": "http://www.openarchives.org/OAI/2.0/oai-identifier",
}


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(Path(__file__).with_name("oai_pmh.rng")))


class Answer:
    """An answer that is valid."""

    def __init__(self, body: bytes) -> None:
        self.root = etree.fromstring(body)
        assert grammar().validate(self.root), grammar().error_log

    def all(self, path: str) -> list[Any]:
        return self.root.xpath(path, namespaces=SPACES)

    def one(self, path: str) -> str:
        return self.root.xpath(f"string({path})", namespaces=SPACES)

    @property
    def codes(self) -> list[str]:
        """The codes of the records, in their order."""
        return [text.rpartition(":")[2] for text in self.all("//o:header/o:identifier/text()")]

    @property
    def deleted(self) -> set[str]:
        found = self.all("//o:header[@status='deleted']/o:identifier/text()")
        return {text.rpartition(":")[2] for text in found}

    @property
    def error(self) -> str:
        return self.one("//o:error/@code")

    @property
    def token(self) -> str:
        return self.one("//o:resumptionToken")


def ask(client: Client, verb: str = "", **given: Any) -> Answer:
    """The answer to a GET; `since` stands for `from`, which is a word of Python."""
    asked = {"verb": verb} if verb else {}
    asked |= {
        {"since": "from", "prefix": "metadataPrefix", "token": "resumptionToken"}.get(k, k): v for k, v in given.items()
    }
    ledger.catch_up()
    answer = client.get("/oai/", asked)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml; charset=utf-8"), answer.content
    return Answer(answer.content)


def records(client: Client, **given: Any) -> Answer:
    """A list of records."""
    return ask(client, "ListRecords", **{"prefix": "oai_dc"} | given)
