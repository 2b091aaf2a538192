"""Each budget with its gap in money, in both readings where its basis is not stated."""

import httpx

LIST = "https://register.example/api/v1/budgets/?ordering=code&page_size=500"

for budget in httpx.get(LIST, timeout=30).raise_for_status().json()["results"]:
    amounts = budget["gap_amount"] or {}
    readings = [f"{amount} {basis}" for basis, amount in amounts.items() if amount]
    gap = " or ".join(readings) or "not stated"
    print(f"{budget['code']}: {budget['amount']} {budget['currency']}, gap {gap}")
