"""Registers every noun; read after the site stands, which lives in the same package."""

from . import (
    budgets,
    changes,
    events,
    funding,
    initiatives,
    libraries,
    missions,
    observations,
    organisations,
    programmes,
    projects,
    protocols,
    regions,
    resources,
    sites,
    sources,
    statements,
    webhooks,
)
from .accounts import tokens, users
from .private import contacts, looks

__all__ = [
    "budgets",
    "changes",
    "contacts",
    "events",
    "funding",
    "initiatives",
    "libraries",
    "looks",
    "missions",
    "observations",
    "organisations",
    "programmes",
    "projects",
    "protocols",
    "regions",
    "resources",
    "sites",
    "sources",
    "statements",
    "tokens",
    "users",
    "webhooks",
]
