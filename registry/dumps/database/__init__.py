"""The register as an SQLite file: a table for each noun, for each list inside its documents, and for each code list."""

from .said import ATTRIBUTION, About
from .writing import Database

__all__ = ["ATTRIBUTION", "About", "Database"]
