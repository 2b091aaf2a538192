"""Times pages, API and admin over a small and a large register in one run, and prints how many times as long.

    .venv/bin/python bench/measure.py [small] [large]          1,000 and 100,000 projects unless told

The register is a throwaway of its own. A figure is the median of nine requests after two to warm up, made through
Django's client: everything but the socket. What pages keep between requests is emptied before each.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

from heritage import embedded

ROUNDS, WARM_UP = 9, 2


def main(small: int, large: int) -> None:
    """Fill, time, fill up, time again."""
    os.environ["DATABASE_URL"] = embedded.throwaway()
    os.environ["DJANGO_SETTINGS_MODULE"] = "heritage.settings"
    django.setup()
    from bench_requests import fill, requests  # noqa: PLC0415 - Django must be ready first

    figures: dict[int, dict[str, float]] = {}
    for size, already in ((small, 0), (large, small)):
        fill(size, already)
        figures[size] = {name: _milliseconds(ask) for name, ask in requests().items()}
    print(f"{'request':58} {small:>9,} {large:>11,}   ratio")
    for name, one in figures[small].items():
        other = figures[large][name]
        print(f"{name:58} {one:>6.1f} ms {other:>8.1f} ms {other / one:>7.1f}")


def _milliseconds(ask) -> float:
    taken = []
    for number in range(WARM_UP + ROUNDS):
        started = time.perf_counter()
        ask()
        if number >= WARM_UP:
            taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:3] or ("1000", "100000")))
