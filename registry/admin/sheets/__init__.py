"""Sheets in the admin: bringing records in, page by page, and taking any list out."""

from .exporting import Exports
from .links import in_sidebar, urls

__all__ = ["Exports", "in_sidebar", "urls"]
