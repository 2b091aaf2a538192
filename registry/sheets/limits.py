"""How large a sheet may be, and the refusal of one that cannot be read; each limit is checked while reading."""

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CHARACTERS = 32_767  # what a cell of a spreadsheet program can hold
MOST_CELLS = 3_000_000  # of a workbook, where reading each one costs; a CSV file of that size is quick

CHUNK = 500  # rows that are checked or imported in one transaction


class Unreadable(Exception):
    """The file, or one of its rows, cannot be read; the message says what to do."""
