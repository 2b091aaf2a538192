"""Reads the feed from its first entry, keeps what is public now, and checks every hash."""

from hashlib import sha256

import httpx
from rfc8785 import dumps

HOST = "https://register.example"
LINKED = ("number", "at", "code", "noun", "state", "digest")


def hashed(before, value):
    """SHA-256 over a text and, behind it, the canonical JSON of a value."""
    return sha256(before.encode() + dumps(value)).hexdigest()


def as_hashed(value):
    """The same document with the register's own addresses as /api/v1/projects/PRJ-0001/."""
    if isinstance(value, list):
        return [as_hashed(each) for each in value]
    if not isinstance(value, dict):
        return value
    found = {name: as_hashed(each) for name, each in value.items()}
    own = {name: found[name] for name in ("url", "html_url") if found.get(name)}
    return found | {name: each.removeprefix(HOST) for name, each in own.items()}


records, number, chain = {}, 0, "0" * 64
address = f"{HOST}/api/v1/changes/?after={number}&page_size=500"
while address:
    page = httpx.get(address, timeout=30).raise_for_status().json()
    for entry in page["results"]:
        chain = hashed(chain, {name: entry[name] for name in LINKED})
        if entry["number"] != number + 1 or entry["chain"] != chain:
            raise SystemExit(f"Entry {entry['number']} does not follow from {number}.")
        number, document = entry["number"], entry["document"]
        if document is None:  # a later entry has replaced it
            continue
        if hashed(entry["salt"], as_hashed(document)) != entry["digest"]:
            raise SystemExit(f"The document of entry {number} is not what was hashed.")
        if entry["state"] == "published":
            records[entry["code"]] = document
        else:  # withdrawn or merged: a tombstone
            records.pop(entry["code"], None)
    address = page["next"]

print(f"{len(records)} records as of entry {number}, every hash as it should be.")
print(f"Keep for the next time: {number} and {chain}")
