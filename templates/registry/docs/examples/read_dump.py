"""Reads a dump into memory, and counts its budgets."""

import gzip
import json
from pathlib import Path

newest = max(Path().glob("caspian-heritage-register-*.ndjson.gz"))
with gzip.open(newest, "rt", encoding="utf-8") as lines:
    records = [json.loads(line) for line in lines]
print(sum(record["code"].startswith("BUD-") for record in records), "budgets")
