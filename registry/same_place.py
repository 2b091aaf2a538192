"""Which places two records share: one of them names a place in which the other is."""

from collections.abc import Iterable

from registry.models import Placed, Region, RegionKind


class SamePlace:
    """Asked about any number of records, after one query.

    Two cities of one country share no place although both lie in it; a city shares the country with what names the
    country itself.
    """

    def __init__(self, records: Iterable[Placed]) -> None:
        read = list(records)
        codes = {code for record in read for code in record.places}
        regions = Region.objects.public().only("title", "translations", "parent", "kind")
        self._regions = regions.in_bulk(codes) if codes else {}
        self._within = {record.pk: {*record.places} & {*self._regions} for record in read}
        self._named = {code: places - self._around(places) for code, places in self._within.items()}

    def shared(self, one: Placed, other: Placed) -> list[Region]:
        """The innermost places that both are in, by name; none where either names no place."""
        found = self._named[one.pk] & self._within[other.pk] | self._named[other.pk] & self._within[one.pk]
        inner = found - self._around(found)
        return sorted((self._regions[code] for code in inner), key=lambda region: (region.title, region.pk))

    def apart(self, one: Placed, other: Placed) -> bool:
        """Whether they are known to be in different places: both name some, share none, and all lie in a country.

        How a basin, or an area that no source orders below a country, lies to other places is not known.
        """
        named = [self._named[one.pk], self._named[other.pk]]
        return all(named) and not self.shared(one, other) and all(map(self._in_a_country, named[0] | named[1]))

    def _in_a_country(self, code: str) -> bool:
        within = {code} | self._around({code})
        return any(self._regions[place].kind == RegionKind.COUNTRY for place in within & {*self._regions})

    def _around(self, codes: set[str]) -> set[str]:
        """Everything that the stored parents put around the given places."""
        found: set[str] = set()
        waiting = set(codes)
        while waiting:
            parents = {self._regions[code].parent_id for code in waiting if code in self._regions} - {None}
            waiting = parents - found
            found |= waiting
        return found
