"""Registers every noun; read after the site stands, which lives in the same package."""

from . import accounts, budgets, changes, events, initiatives, organisations, projects, regions, sources, statements

__all__ = [
    "accounts",
    "budgets",
    "changes",
    "events",
    "initiatives",
    "organisations",
    "projects",
    "regions",
    "sources",
    "statements",
]
