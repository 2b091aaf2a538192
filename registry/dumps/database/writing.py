"""Writes the file: the documents as they pass, some hundred at a time, then the keys that lead from table to table."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from registry.documents import Document
from registry.models import ENTRIES, Entry

from . import points, said
from .shapes import RECORDS, Table, table_of

# Types that hold, where the SQLite that writes the file knows them: readers need the same, of 2021 or later.
_STRICT = " STRICT" if sqlite3.sqlite_version_info >= (3, 37) else ""
_BY_PREFIX = {model.prefix: model.slug for model in ENTRIES}


class Database:
    """A file that is being written; the same documents make the same bytes."""

    def __init__(self, sqlite: sqlite3.Connection, about: said.About) -> None:
        self.sqlite, self.about = sqlite, about

    @classmethod
    @contextmanager
    def at(cls, path: Path, about: said.About) -> Iterator[Self]:
        """A new file with every table, whole once this is left; OSError where the disk is full."""
        sqlite = sqlite3.connect(path, isolation_level=None)
        try:
            # Nobody reads it before it is whole, and what is not whole is thrown away: nothing needs a journal.
            sqlite.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
            database = cls(sqlite, about)
            database._create()
            yield database
            database._finish()
            sqlite.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_FULL:
                raise
            raise OSError(errno.ENOSPC, str(error)) from error
        finally:
            sqlite.close()

    def add(self, model: type[Entry], chunk: list[Document], features: list[dict[str, Any]]) -> None:
        """The documents of some records of one noun, and the features that maps show of them."""
        found: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in table_of(model).whole}
        for document in chunk:
            for name, row in table_of(model).rows(document, (document["code"],)):
                found[name].append(row)
        for name, rows in found.items():
            self._put(name, rows)
        self._put(RECORDS, [(d["code"], model.slug, d["title"], d["url"]) for d in chunk])
        self._put("points", [row for feature in features for row in points.rows(model, feature)])
        self._put_withdrawn(model, chunk)

    def _put(self, table: str, rows: list[tuple[Any, ...]], how: str = "INSERT") -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self.sqlite.executemany(f'{how} INTO "{table}" VALUES ({places})', rows)

    def _put_withdrawn(self, model: type[Entry], chunk: list[Document]) -> None:
        """The records that are named although they were withdrawn, without their titles."""
        lists = [
            s for s, t in table_of(model).inner for column in t.columns if column.refers == RECORDS and len(s) == 1
        ]
        named = [link for (name,) in lists for d in chunk for link in d[name] if link["title"] is None]
        rows = [(link["code"], _BY_PREFIX[link["code"].split("-")[0]], None, link["url"]) for link in named]
        self._put(RECORDS, rows, "INSERT OR IGNORE")

    def _create(self) -> None:
        for name, columns in (said.META_TABLES | points.TABLES).items():
            self._create_table(name, columns)
        for name, row in points.ROWS.items():
            self._put(name, [row])
        for listed, codes in said.vocabulary_rows():
            self._put("vocabularies", [listed])
            self._create_table(listed[-1], said.VOCABULARY)
            self._put(listed[-1], codes)
        for model in ENTRIES:
            for table in table_of(model).whole:
                self._create_table(table.name, _columns(table))

    def _create_table(self, name: str, columns: str) -> None:
        self.sqlite.execute(f'CREATE TABLE "{name}" ({columns}){_STRICT}')

    def _finish(self) -> None:
        """What is known at the end, and what makes it quick to ask and easy to read."""
        counts = dict(self.sqlite.execute("SELECT noun, count(title) FROM records GROUP BY noun"))
        self._put("about", said.about_rows(self.about))
        self._put("nouns", said.noun_rows({model.slug: counts.get(model.slug, 0) for model in ENTRIES}))
        self._put("fields", list(said.field_rows()))
        self.sqlite.execute('CREATE INDEX "records_noun" ON "records" ("noun")')
        self.sqlite.execute('CREATE INDEX "points_at" ON "points" ("at")')
        for model in ENTRIES:
            for table in table_of(model).whole:
                for column in table.columns:
                    if column.refers:
                        index = f'CREATE INDEX "{table.name}__{column.name}" ON "{table.name}" ("{column.name}")'
                        self.sqlite.execute(index)
            self.sqlite.execute(_in_words(table_of(model)))


def _columns(table: Table) -> str:
    """The columns of a table, its key, and the keys of others that it holds."""
    types = [f'"{key}" {"INTEGER" if key.endswith("_number") else "TEXT"} NOT NULL' for key in table.keys]
    types += [f'"{column.name}" {column.type}' for column in table.columns]
    rules = [f"PRIMARY KEY ({_quoted(table.keys)})"]
    if table.parent:
        theirs = _quoted(table.keys[:-1]) if len(table.keys) > 2 else '"code"'
        rules.append(f'FOREIGN KEY ({_quoted(table.keys[:-1])}) REFERENCES "{table.parent}" ({theirs})')
    else:
        rules.append(f'FOREIGN KEY ("code") REFERENCES "{RECORDS}" ("code")')
    rules += [f'FOREIGN KEY ("{c.name}") REFERENCES "{c.refers}" ("code")' for c in table.columns if c.refers]
    return ", ".join([*types, *rules])


def _in_words(table: Table) -> str:
    """A view of a noun in which the title stands beside each code."""
    shown, joined = ['own."code"'], [f'"{table.name}" AS own']
    for number, column in enumerate(table.columns):
        shown.append(f'own."{column.name}"')
        if column.refers:
            shown.append(f't{number}."title" AS "{column.name}_title"')
            joined.append(f'LEFT JOIN "{column.refers}" AS t{number} ON t{number}."code" = own."{column.name}"')
    return f'CREATE VIEW "{table.name}_in_words" AS SELECT {", ".join(shown)} FROM {" ".join(joined)}'  # noqa: S608


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
