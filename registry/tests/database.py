"""Reads an SQLite file of a dump back into documents."""
# ruff: noqa: S608 - the names are those of our own tables

import sqlite3

from registry import documents
from registry.documents import Sort
from registry.models import ENTRIES


class Database:
    """A file read back by what its own dictionary says of where each field is."""

    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.places = {(n, f): at for n, f, *at in self.all("SELECT noun, field, table_name, column_name FROM fields")}

    def all(self, question, *given):
        """Every row."""
        return self.connection.execute(question, given).fetchall()

    def one(self, question, *given):
        """The only row."""
        [found] = self.all(question, *given)
        return found

    def table(self, name):
        """All of a table or a view."""
        return self.all(f'SELECT * FROM "{name}"')

    def document(self, code):
        """A record as the API has it."""
        model = next(model for model in ENTRIES if code.startswith(model.prefix))
        return {f.name: self.value(model.slug, f, f.name, [code]) for f in documents.fields(model)}

    def value(self, noun, field, path, key):
        """What a field holds, in the record or the row of this key."""
        if field.sort is Sort.PARTS:
            parts = {part.name: self.value(noun, part, f"{path}.{part.name}", key) for part in field.parts}
            if path.startswith("translations"):  # names only what there is
                return {name: part for name, part in parts.items() if part}
            return parts if any(part is not None for part in parts.values()) else None
        if field.sort is Sort.ROWS:
            table, _none = self.places[noun, path]
            return [
                {part.name: self.value(noun, part, f"{path}.{part.name}", row) for part in field.parts}
                for row in self.all(f"SELECT record, row_number FROM {table} WHERE record = ? ORDER BY 2", *key)
            ]
        table, column = self.places[noun, path]
        keys = ["code"] if table == noun else ["record", "row_number", "item_number"]
        where = " AND ".join(f"{name} = ?" for name in keys[: len(key)])
        found = [v for (v,) in self.all(f'SELECT "{column}" FROM {table} WHERE {where} ORDER BY rowid', *key)]
        if field.sort in {Sort.LINK, Sort.LINKS}:
            found = [code and self.link(code) for code in found]
        if field.sort in {Sort.LINKS, Sort.WORDS, Sort.CODES}:
            return found
        [value] = found
        return value

    def link(self, code):
        """Another record as a document names it."""
        found = self.one("SELECT code, title, url FROM records WHERE code = ?", code)
        return dict(zip(("code", "title", "url"), found, strict=True))
