"""The only writer: every change to a record goes through here, whole or not at all, and leaves its row.

    with ledger.batch(by=user, reason="Correct the status") as batch:
        batch.save(project, expected=project.version, related={"regions": [baku]})
        batch.publish(project, expected=project.version)

A batch is one transaction. For each record it checks the version the editor started from, runs the rules of the
model, writes the record with its relations, and keeps what changed. At the end it numbers the changes under a lock
held until commit, so that numbers appear in the order of commit and nobody who follows them misses one.
"""

from .aside import drop, put, put_again, put_all
from .batches import Batch, batch
from .counting import count_one
from .erasing import MONTHS_AFTER_CLOSING, MONTHS_WITHOUT_ANSWER, Erased, erase, erase_expired
from .feeding import catch_up, look_through
from .items import Item, Saved
from .locks import all_held, held
from .merging import Merged, merge
from .one_state import one_state
from .pointing import pointing
from .previews import as_if_published, is_preview
from .private import contacts_of, exact_place_of, note_link, note_look, private_changes
from .refusals import ChangedMeanwhile, EditConflict, Refused, VersionMissing, words_of
from .taking_back import Undone
from .undoing import undo, undo_by_steps
from .verifying import heads, holds, verify
from .writes import is_writing, reindex

__all__ = [
    "MONTHS_AFTER_CLOSING",
    "MONTHS_WITHOUT_ANSWER",
    "Batch",
    "ChangedMeanwhile",
    "EditConflict",
    "Erased",
    "Item",
    "Merged",
    "Refused",
    "Saved",
    "Undone",
    "VersionMissing",
    "all_held",
    "as_if_published",
    "batch",
    "catch_up",
    "contacts_of",
    "count_one",
    "drop",
    "erase",
    "erase_expired",
    "exact_place_of",
    "heads",
    "held",
    "holds",
    "is_preview",
    "is_writing",
    "look_through",
    "merge",
    "note_link",
    "note_look",
    "one_state",
    "pointing",
    "private_changes",
    "put",
    "put_again",
    "put_all",
    "reindex",
    "undo",
    "undo_by_steps",
    "verify",
    "words_of",
]
