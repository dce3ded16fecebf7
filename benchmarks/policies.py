"""How much of what real policies declare the reader finds, against labels made by reading (docs/labelling.md).

Matching, field by field, micro averages over the documents. ``sections``, ``collected``, ``denied``, ``rights``,
``dates``, ``region`` and ``minors``: sets of values by document, without places (the same thing is often said twice).
``sdks``: rows, one to one, by the name without case, width, blanks and the ending SDK. ``contacts``: one to one. Of two
names or contacts, one may hold the other. ``retention``: one to one by overlap of the spans. What is labelled optional
counts neither way.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.sdk_names import plain
from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import Action, Polarity, Policy
from mingcha_analyzers.values import SourceFile

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "tests" / "data"
TEXTS = ROOT.parent / "shared" / "data" / "policies_real"

Value = tuple[Any, ...]
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one document: entries by field."""

    document: str
    sha256: str
    complete: bool
    fields: Mapping[str, Sequence[Entry]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was right, missed and wrong in one field of one document."""

    right: tuple[Value, ...]
    missed: tuple[Value, ...]
    wrong: tuple[Value, ...]


def read_labels(part: str, data: Path = DATA) -> Iterator[Labels]:
    """Yield the complete label files of ``part`` (tune or final), by document."""
    rows = [json.loads(line) for line in (data / "split.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        path = data / "policies" / f"{row['document']}.yaml"
        if row["part"] == part and path.is_file():
            labels = read_label_file(path)
            if labels.complete:
                yield labels


def read_label_file(path: Path) -> Labels:
    """Return what one label file holds."""
    record = yaml.safe_load(path.read_text("utf-8"))
    fields = {name: record[name] or () for name in FIELDS}
    return Labels(record["document"], record["sha256"], record["complete"], fields)


def find_sections(policy: Policy) -> Iterator[Value]:
    """Yield the types of the sections, all that are told of each."""
    yield from ((name,) for section in policy.sections for name in section.all_types())


def find_collected(policy: Policy) -> Iterator[Value]:
    """Yield the items the controller itself says it collects."""
    for claim in policy.claims:
        if claim.action is Action.COLLECT and claim.polarity is not Polarity.DENIED and claim.sdk is None:
            yield from ((item,) for item in claim.data_items)


def find_denied(policy: Policy) -> Iterator[Value]:
    """Yield acts and items that are denied without exception."""
    for claim in policy.claims:
        if claim.polarity is Polarity.DENIED:
            yield from ((claim.action.value, item) for item in claim.data_items)


def find_dates(policy: Policy) -> Iterator[Value]:
    """Yield the dates stated."""
    pairs = (("updated", policy.dates.updated), ("effective", policy.dates.effective))
    return (pair for pair in pairs if pair[1])


def find_minors(policy: Policy) -> Iterator[Value]:
    """Yield the age and whether a guardian's consent is asked."""
    return state_minors(policy.minors.age, consent=policy.minors.guardian_consent) if policy.minors else iter(())


def state_minors(age: int | None, *, consent: bool) -> Iterator[Value]:
    """Yield what a statement on minors holds, one value for each part."""
    yield ("guardian_consent", consent)
    if age is not None:
        yield ("age", age)


def contact(kind: str, value: str) -> Value:
    """Return a contact in the form it is compared in."""
    if kind == "phone":
        return kind, re.sub(r"\D", "", value)
    return kind, "".join(value.lower().split()).rstrip("/")


def label_values(field: str, entry: Entry, text: str) -> list[Value]:
    """Return what an entry says, in the form of what is found."""
    words = text[entry["start"] : entry["end"]]
    if field == "sdks":
        return [(plain(words),)]
    if field == "retention":
        return [(entry["start"], entry["end"])]
    if field == "contacts":
        return [contact(entry["kind"], words)]
    if field == "minors":
        return list(state_minors(entry["age"], consent=entry["guardian_consent"]))
    return [tuple(entry[key] for key in KEYS[field])]


KEYS = {
    "sections": ("type",),
    "collected": ("item",),
    "denied": ("action", "item"),
    "rights": ("kind", "mechanism"),
    "dates": ("which", "value"),
    "region": ("region",),
}

FIELDS: dict[str, Callable[[Policy], Iterable[Value]]] = {
    "sections": find_sections,
    "collected": find_collected,
    "denied": find_denied,
    "sdks": lambda policy: ((plain(row.name),) for row in policy.sdk_disclosures),
    "rights": lambda policy: ((right.kind.value, right.mechanism.value) for right in policy.rights),
    "contacts": lambda policy: (contact(one.kind.value, one.value) for one in policy.contacts),
    "dates": find_dates,
    "retention": lambda policy: ((one.span.start, one.span.end) for one in policy.retention),
    "region": lambda policy: ((policy.storage_region.region,),) if policy.storage_region else (),
    "minors": find_minors,
}


def same_name(one: Value, other: Value) -> bool:
    """Return whether two names are one, or the one stands within the other."""
    a, b = one[0], other[0]
    return a == b or (min(len(a), len(b)) > 1 and (a in b or b in a))


def same_contact(one: Value, other: Value) -> bool:
    """Return whether two contacts are of one kind and one, or the one stands within the other."""
    return bool(one[0] == other[0] and (one[1] in other[1] or other[1] in one[1]))


def overlap(one: Value, other: Value) -> bool:
    """Return whether two spans share a character."""
    return bool(one[0] < other[1] and other[0] < one[1])


def match(field: str, asked: Sequence[Value], optional: Sequence[Value], found: Sequence[Value]) -> Outcome:
    """Return what of ``found`` is right; rows and spans are paired one to one, equal ones before the others."""
    same = {"sdks": same_name, "contacts": same_contact, "retention": overlap}.get(field)
    if same is None:
        wanted, given = set(asked), set(found)
        wrong = given - wanted - set(optional)
        return Outcome(tuple(wanted & given), tuple(wanted - given), tuple(wrong))
    free = list(found)
    right: list[Value] = []
    missed: list[Value] = []
    for value in asked:
        pair = value if value in free else next((other for other in free if same(value, other)), None)
        (missed if pair is None else right).append(value)
        if pair is not None:
            free.remove(pair)
    # The same clause can be read as two periods, and a row named again beside a list is no wrong row.
    accepted = [*optional, *right]
    return Outcome(tuple(right), tuple(missed), tuple(one for one in free if not any(same(one, o) for o in accepted)))


def score_document(labels: Labels, texts: Path) -> dict[str, Outcome]:
    """Return the outcome of each field of one document.

    Raises:
        ValueError: the text is not the one that was labelled.
    """
    file = texts / labels.document
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != labels.sha256:
        raise ValueError(f"{file} is not the text that was labelled")
    policy = read_policy([SourceFile(file.name, data)])
    text = policy.documents[0].text
    outcomes = {}
    for field, find in FIELDS.items():
        values: dict[bool, list[Value]] = {False: [], True: []}
        for entry in labels.fields[field]:
            values[entry.get("optional", False)] += label_values(field, entry, text)
        outcomes[field] = match(field, values[False], values[True], list(find(policy)))
    return outcomes


def table_row(field: str, outcomes: Sequence[Outcome]) -> str:
    """Return a table row: labelled, found, precision, recall, F1."""
    right, missed, wrong = (sum(len(getattr(one, name)) for one in outcomes) for name in ("right", "missed", "wrong"))
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    mean = 2 * right / max(1, 2 * right + missed + wrong)
    return f"| {field} | {right + missed} | {right + wrong} | {precision:.3f} | {recall:.3f} | {mean:.3f} |"


def main() -> None:
    """Print the figures of the labelled documents for tuning, or of the final ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder that holds the policies")
    parser.add_argument("--final", action="store_true", help="score the documents kept for the last run instead")
    parser.add_argument("--misses", action="store_true", help="print what is missed and wrong (never of final)")
    words = parser.parse_args()
    if not words.texts.is_dir():
        sys.exit(f"{words.texts}: no policies here; give their folder with --texts")
    outcomes = {
        labels.document: score_document(labels, words.texts)
        for labels in read_labels("final" if words.final else "tune")
    }
    print(f"{len(outcomes)} documents\n\n| field | labelled | found | precision | recall | F1 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for field in FIELDS:
        print(table_row(field, [found[field] for found in outcomes.values()]))
    if words.misses and not words.final:
        for document, found in outcomes.items():
            for field, one in found.items():
                print(f"{document} {field}: missed {sorted(one.missed)}, wrong {sorted(one.wrong)}")


if __name__ == "__main__":
    main()
