"""The register as an SQLite file: a table for each noun, for each list inside its documents, and for each code list."""

from .said import About
from .writing import Database

__all__ = ["About", "Database"]
