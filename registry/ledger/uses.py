"""Who depends on a record, so that taking it away breaks nothing unseen."""

from registry.models import ENTRIES, Entry, Source, Statement

SHOWN = 5


def users_of(entry: Entry) -> list[str]:
    """The first few that point to the record, in words: records, accounts, and statements about it."""
    found: list[str] = []
    for relation in entry._meta.related_objects:
        pointing = relation.related_model._base_manager.filter(**{relation.field.name: entry})
        found += [str(row) for row in pointing[:SHOWN]]
    found += [str(statement) for statement in Statement.objects.filter(about__contains=[entry.pk])[:SHOWN]]
    return sorted(found)[:SHOWN]


def records_left_without_a_source(source: Entry) -> list[str]:
    """The codes of published records that an unpublished source leaves with nothing to stand on."""
    if not isinstance(source, Source):
        return []
    left: list[str] = []
    for model in ENTRIES:
        citing = model.objects.public().pointing_to("citations__source", [source.pk])
        left += [record.pk for record in citing.iterator() if record.publication_problems(newly=())]
        if len(left) >= SHOWN:
            break
    return left[:SHOWN]
