"""Reads a whole list, page by page."""

import httpx

address = "https://register.example/api/v1/budgets/?ordering=code&page_size=2"
codes = []
while address:
    page = httpx.get(address, timeout=30).raise_for_status().json()
    codes += [record["code"] for record in page["results"]]
    address = page["next"]
print(len(codes), "of", page["count"], codes)
