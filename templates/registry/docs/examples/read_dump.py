"""Counts the records of a dump by the beginning of their codes."""

import gzip
import json
from collections import Counter
from glob import glob

with gzip.open(
    max(glob("caspian-heritage-register-*.ndjson.gz")), "rt", encoding="utf-8"
) as lines:
    records = [json.loads(line) for line in lines]
print(Counter(record["code"][:3] for record in records)["BUD"], "budgets")
