"""Opens the newest dump as a database, and asks the feed what has changed since."""

import sqlite3
from io import BytesIO
from zipfile import ZipFile

import httpx

with httpx.Client(base_url="https://register.example", timeout=60) as client:
    names = client.get("/data/dumps/sha256sums.txt").raise_for_status().text.split()
    name = next(name for name in names if name.endswith(".sqlite.zip"))
    archive = client.get(f"/data/dumps/{name}").raise_for_status().content
    ZipFile(BytesIO(archive)).extractall()

    database = sqlite3.connect(name.removesuffix(".zip"))
    about = dict(database.execute("SELECT name, value FROM about"))
    gaps = database.execute("SELECT code, gap_percent FROM budgets ORDER BY code")
    print("Budgets:", *gaps)

    later = client.get("/api/v1/changes/", params={"after": about["feed"]})
    changes = later.raise_for_status().json()["newest"] - int(about["feed"])
    print(f"Changes after entry {about['feed']}: {changes}")
