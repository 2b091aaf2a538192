"""Words as XML can hold them, wherever a document is written in it."""

import re

# All but Char of XML 1.0 (section 2.2): most control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fits_xml(words: str) -> bool:
    """Whether XML can hold the words as they are."""
    return not _NO_XML.search(words)


def for_xml(words: str) -> str:
    """The words, with U+FFFD for each character that XML cannot hold."""
    return _NO_XML.sub("\ufffd", words)
