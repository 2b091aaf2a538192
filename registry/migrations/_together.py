"""Many steps at once: Django makes its models anew after each step, which takes longer than all the tables."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """The steps in their order; their models are made once, as they are after the last.

    For steps that do not look at what the one before did to a model: new tables, each after those it needs, and new
    columns of one table or of many.
    """

    def __init__(self, steps):
        self.steps = steps

    @property
    def reversible(self):
        return all(step.reversible for step in self.steps)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.steps)} steps at once"
