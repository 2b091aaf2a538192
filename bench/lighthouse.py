"""Lighthouse on the first page, a list and a record of a running register; fails below 95 of 100 in any of four."""

import argparse
import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent / ".venv"
TOOLS = VENV / "lighthouse"
PAGES = ("/", "/projects/", "/projects/PRJ-0001/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"


def fetch() -> None:
    """Lighthouse by its lock, from npm, once."""
    lock = HERE / "node" / "package-lock.json"
    if not (TOOLS / lock.name).exists() or not filecmp.cmp(lock, TOOLS / lock.name, shallow=False):
        shutil.rmtree(TOOLS, ignore_errors=True)
        shutil.copytree(HERE / "node", TOOLS)
        run("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", cwd=TOOLS)


def run(*command: str, **given: object) -> None:
    """A command with the programs of the environment first; an error ends the measurement."""
    environment = os.environ | {"PATH": f"{VENV / 'bin'}:{os.environ['PATH']}"}
    environment.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    subprocess.run(command, check=True, env=environment, **given)  # noqa: S603 - our own commands


def scores(address: str) -> dict[str, int]:
    """Of 100, by category, as Lighthouse sees the page on a slow phone."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        tool = str(TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js")
        only = f"--only-categories={','.join(CATEGORIES)}"
        run(
            "node",
            tool,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--chrome-flags={FLAGS}",
            only,
        )
        found = json.loads(report.read_text())
    for name, audit in found["audits"].items():
        if audit["score"] is not None and audit["score"] < 0.9 and audit.get("scoreDisplayMode") == "binary":
            print(f"    {name}: {audit['title']}")
    return {name: round(100 * found["categories"][name]["score"]) for name in CATEGORIES}


def main() -> None:
    """Print the scores of each page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("url", nargs="?", default="http://127.0.0.1:8000", help="where the register runs")
    url = asked.parse_args().url.rstrip("/")
    fetch()
    low = False
    for page in PAGES:
        found = scores(url + page)
        low = low or min(found.values()) < LEAST
        print(f"{page:24}", "  ".join(f"{name} {score}" for name, score in found.items()), flush=True)
    sys.exit(1 if low else 0)


if __name__ == "__main__":
    main()
