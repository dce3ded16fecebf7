"""How many third parties that real policies list resolve to the right record of the SDK base.

The labelled lists are ``tests/analyzers/policy/sdk_names``. By default each name is resolved with the vendor and the
host written beside it; ``--policies FOLDER`` reads the whole policies instead, so that a row not found counts too.
"""

import argparse
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mingcha_analyzers.policy.claims.sdknames import Named, resolve
from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import SdkDisclosure
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base

LABELS = Path(__file__).resolve().parents[1] / "tests" / "analyzers" / "policy" / "sdk_names"


@dataclass(frozen=True, slots=True)
class Party:
    """One labelled third party; ``ids`` and ``vendors`` both empty: the base has no such SDK."""

    name: str
    vendor: str | None
    host: str | None
    ids: frozenset[str]
    vendors: frozenset[str]
    row: frozenset[str]

    def known(self) -> bool:
        """Return whether the base has the SDK."""
        return bool(self.ids or self.vendors)

    def is_right(self, found: Sequence[str], *, whole_row: bool) -> bool:
        """Return whether ``found`` are the records meant; without a right choice, a vendor's SDKs must stay several."""
        if not self.known() or not found:
            return not self.known() and not found
        if whole_row and self.row and set(found) <= self.row:
            return True
        if not self.vendors:
            return set(found) <= self.ids
        records = load_sdk_base().records
        return len(found) > 1 and all(one in self.ids or records[one].vendor in self.vendors for one in found)


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled list of one document."""

    document: str
    held_out: bool
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a labelled party resolved to."""

    document: str
    party: Party
    found: tuple[str, ...]
    right: bool


def read_labels(folder: Path = LABELS) -> tuple[Labelled, ...]:
    """Return the labelled lists, by file name."""
    return tuple(_labelled(yaml.safe_load(file.read_text("utf-8"))) for file in sorted(folder.glob("*.yaml")))


def _labelled(record: dict[str, Any]) -> Labelled:
    parties = tuple(
        Party(
            party["name"],
            party.get("vendor"),
            party.get("host"),
            frozenset(party["ids"]),
            frozenset(party.get("vendors", ())),
            frozenset(party.get("row", ())),
        )
        for party in record["parties"]
    )
    return Labelled(record["document"], record["held_out"], parties)


def resolve_names(labelled: Labelled) -> Iterator[Outcome]:
    """Yield what each name of a list resolves to."""
    for party in labelled.parties:
        match = resolve(Named(party.name, party.vendor, url=party.host))
        found = match.ids if match else ()
        yield Outcome(labelled.document, party, found, party.is_right(found, whole_row=False))


def resolve_rows(labelled: Labelled, folder: Path) -> Iterator[Outcome]:
    """Yield what the rows that were read from the policy resolve to, the best of those that bear the name."""
    file = next(folder.glob(f"*/{labelled.document}"))
    policy = read_policy([SourceFile(file.name, file.read_bytes())])
    for party in labelled.parties:
        rows = [row for row in policy.sdk_disclosures if bears(row, party)]
        outcomes = [
            Outcome(labelled.document, party, found, party.is_right(found, whole_row=True))
            for found in (row.match.ids if row.match else () for row in rows)
        ]
        missed = Outcome(labelled.document, party, (), not party.known())
        yield max(outcomes, key=lambda outcome: outcome.right, default=missed)


def bears(row: SdkDisclosure, party: Party) -> bool:
    """Return whether the row names the party: the same name, or the one within the other."""
    written, listed = plain(row.name), plain(party.name)
    return len(written) > 1 and (written in listed or listed in written)


def plain(name: str) -> str:
    """Return the name without case, width, blanks and the ending SDK."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()).removesuffix("sdk")


def count(outcomes: Sequence[Outcome]) -> str:
    """Return a table row: parties in the base, right, share; parties not in the base, left alone, share."""
    known = [outcome for outcome in outcomes if outcome.party.known()]
    others = [outcome for outcome in outcomes if not outcome.party.known()]
    several = sum(len(outcome.found) > 1 for outcome in known)
    cells = []
    for part in (known, others):
        right = sum(outcome.right for outcome in part)
        cells += [str(len(part)), str(right), f"{right / max(1, len(part)):.3f}"]
    return " | ".join([*cells[:3], str(several), *cells[3:]])


def main() -> None:
    """Print the figures of the lists in use, and of those held out when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=Path, help="folder whose folders hold the policies themselves")
    parser.add_argument("--held-out", action="store_true", help="count the held-out lists too")
    parser.add_argument("--misses", action="store_true", help="print every party that is not right")
    words = parser.parse_args()
    lists = read_labels()
    print("| lists | in the base | right | share | several kept | not in the base | left alone | share |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for held_out in (False, True)[: 1 + words.held_out]:
        chosen = [labelled for labelled in lists if labelled.held_out is held_out]
        outcomes = [
            outcome
            for labelled in chosen
            for outcome in (resolve_rows(labelled, words.policies) if words.policies else resolve_names(labelled))
        ]
        print(f"| {len(chosen)} {'held out' if held_out else 'in use'} | {count(outcomes)} |")
        if words.misses:
            for outcome in outcomes:
                if not outcome.right:
                    meant = sorted(outcome.party.row or outcome.party.ids or outcome.party.vendors)
                    found = " ".join(outcome.found) or "-"
                    print(f"{outcome.document}: {outcome.party.name} | {outcome.party.vendor}: {found}, not {meant}")


if __name__ == "__main__":
    main()
