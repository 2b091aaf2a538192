"""A register that begins takes the first eight migrations as one, and has what the eight would have made."""

from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

AT_ONCE, LAST = "0001_squashed_0008_enquiries_become_proposals", "0008_enquiries_become_proposals"


def test_a_new_register_has_every_table_that_the_steps_make(db):
    steps = MigrationLoader(connection, replace_migrations=False)
    made = steps.project_state([("registry", LAST)])
    at_once = MigrationLoader(connection).project_state([("registry", AT_ONCE)])
    assert len([model for app, model in made.models if app == "registry"]) == 46
    assert MigrationAutodetector(made, at_once).changes(steps.graph, trim_to_apps={"registry"}) == {}
