"""Reads at any pace, and waits where the register asks it to."""

import time

import httpx


def read(client, address):
    """The JSON at an address; after 429 and 503 once more, as late as the register says."""
    while True:
        answer = client.get(address)
        if answer.status_code not in {429, 503}:
            return answer.raise_for_status().json()
        time.sleep(int(answer.headers["Retry-After"]))


with httpx.Client(base_url="https://register.example", timeout=60) as client:
    for code in ("PRJ-0001", "PRJ-0002", "PRJ-0003"):
        print(read(client, f"/api/v1/projects/{code}/?fields=code,status"))
