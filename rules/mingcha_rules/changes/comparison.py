"""Lays two versions of a policy side by side: what was added, what was dropped, what changed, the gravest first."""

from collections.abc import Iterator, Mapping

from mingcha_analyzers.policy.values import Policy
from mingcha_rules.changes.pairing import pair_alike
from mingcha_rules.changes.stated import Key, Stated, gather_statements
from mingcha_rules.changes.values import Aspect, Change, ChangeKind, FieldChange
from mingcha_rules.changes.weights import weigh
from mingcha_rules.values import PolicyEvidence
from mingcha_rules.wording import quote_place

_FREE = (Aspect.PURPOSE, Aspect.RECIPIENT, Aspect.SECTION)
"""Aspects whose subject is free text, which may be reworded."""
_NAME = "words"
_ITEMS = "data_items"


def compare_policies(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Return the differences, the gravest first; none where only order, numbering or setting changed."""
    before, after = dict(gather_statements(old)), dict(gather_statements(new))
    pairs = {key: key for key in before.keys() & after.keys()} | _reworded(before, after)
    made = _Maker(old, new)
    gone, come = before.keys() - pairs.keys(), after.keys() - set(pairs.values())
    found = [made.change(ChangeKind.DROPPED, key, before[key], None, _fields(before[key], old=True)) for key in gone]
    found += [made.change(ChangeKind.ADDED, key, None, after[key], _fields(after[key], old=False)) for key in come]
    moved = {key[1] for key in before.keys() ^ after.keys() if key[0] is Aspect.COLLECTED}
    for first, second in pairs.items():
        fields = tuple(_differing(first, second, before[first], after[second], moved))
        if fields:
            found.append(made.change(ChangeKind.CHANGED, second, before[first], after[second], fields))
    return tuple(sorted(found, key=_order))


def _reworded(before: Mapping[Key, Stated], after: Mapping[Key, Stated]) -> dict[Key, Key]:
    """Return the keys of free text that one version has in other words than the other."""
    pairs: dict[Key, Key] = {}
    for aspect in _FREE:
        old = [key[1] for key in before.keys() - after.keys() if key[0] is aspect]
        new = [key[1] for key in after.keys() - before.keys() if key[0] is aspect]
        pairs |= {(aspect, first): (aspect, second) for first, second in pair_alike(sorted(old), sorted(new)).items()}
    return pairs


def _fields(stated: Stated, *, old: bool) -> tuple[FieldChange, ...]:
    values = ((name, tuple(held.values())) for name, held in stated.fields.items() if held)
    return tuple(FieldChange(name, held if old else (), () if old else held) for name, held in values)


def _differing(first: Key, second: Key, old: Stated, new: Stated, moved: set[str]) -> Iterator[FieldChange]:
    """Yield the fields that differ; items of a purpose that came or went everywhere are told of on their own."""
    if first != second and first[0] is not Aspect.SECTION:
        yield FieldChange(_NAME, (old.name,), (new.name,))
    for name in dict.fromkeys((*old.fields, *new.fields)):
        before, after = old.fields.get(name, {}), new.fields.get(name, {})
        lost = [value for folded, value in before.items() if folded not in after]
        gained = [value for folded, value in after.items() if folded not in before]
        if first[0] is Aspect.PURPOSE and name == _ITEMS:
            lost, gained = ([item for item in items if item not in moved] for items in (lost, gained))
        if lost or gained:
            yield FieldChange(name, tuple(lost), tuple(gained))


def _order(change: Change) -> tuple[int, str, str]:
    return weigh(change.aspect, change.kind, change.fields).rank, change.aspect, change.subject


class _Maker:
    """Makes changes with their weight and their places in both versions."""

    def __init__(self, old: Policy, new: Policy) -> None:
        self.old, self.new = old, new

    def change(
        self, kind: ChangeKind, key: Key, old: Stated | None, new: Stated | None, fields: tuple[FieldChange, ...]
    ) -> Change:
        """Return one change."""
        weight = weigh(key[0], kind, fields)
        stated = new or old
        return Change(
            aspect=key[0],
            kind=kind,
            subject=key[1],
            name=stated.name if stated is not None else "",
            fields=fields,
            duty=weight.duty,
            grave=weight.grave,
            clauses=weight.clauses,
            old=_places(self.old, old),
            new=_places(self.new, new),
        )


def _places(policy: Policy, stated: Stated | None) -> tuple[PolicyEvidence, ...]:
    return () if stated is None else tuple(quote_place(policy, place) for place in stated.places)
