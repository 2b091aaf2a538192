"""JSON in one line, the same bytes wherever a document is written."""

import json
from typing import Any

# Line ends in the eyes of some programs, although not in those of JSON.
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029"}


def compact(value: Any) -> str:
    """JSON without spaces, its members in the order they have."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for end, escaped in _LINE_ENDS.items():
        text = text.replace(end, escaped)
    return text
