"""Projects as activities of the IATI standard, version 2.03: what a record states, and why one cannot be told there."""

from .files import VERSION, closing, left_out_csv, left_out_json, one, opening
from .reasons import Reason
from .reporter import Reporter, reporter
from .telling import Told, told

__all__ = [
    "VERSION",
    "Reason",
    "Reporter",
    "Told",
    "closing",
    "left_out_csv",
    "left_out_json",
    "one",
    "opening",
    "reporter",
    "told",
]
