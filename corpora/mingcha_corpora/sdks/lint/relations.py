"""Faults in relations: ids that are not there, and records that come round to themselves."""

from collections.abc import Iterator, Mapping, Sequence

from mingcha_corpora.sdks.faults import Fault
from mingcha_corpora.sdks.lint.entry import Entry
from mingcha_corpora.sdks.values import SdkBase

RELATIONS = ("carried_by", "part_of", "replaced_by")


def find_relation_faults(entries: Sequence[Entry], below: SdkBase | None) -> Iterator[Fault]:
    """Yield relations to ids that no record has, and circles."""
    known = {entry.id for entry in entries} | (set() if below is None else set(below.records))
    for entry in entries:
        for field in RELATIONS:
            for other in _related(entry, field):
                if other not in known:
                    yield entry.fault("sdk_relation_nowhere", field, field=field, value=other)
    for field in RELATIONS:
        ways = {entry.id: _related(entry, field) for entry in entries}
        for entry in entries:
            if circle := _circle(entry.id, ways):
                yield entry.fault("sdk_relation_circle", field, field=field, value=" → ".join(circle))


def _related(entry: Entry, field: str) -> tuple[str, ...]:
    value = entry.row.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _circle(start: str, ways: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the way from ``start`` back to it, empty if there is none."""
    waiting: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while waiting:
        way = waiting.pop()
        for following in ways.get(way[-1], ()):
            if following == start:
                return (*way, start)
            if following not in seen:
                seen.add(following)
                waiting.append((*way, following))
    return ()
