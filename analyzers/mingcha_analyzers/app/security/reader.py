"""Brings the signs of all kinds together: held against the conditions of their looks, one fact a place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.archive import Entries
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.security.conditions import Circumstances, needs_met
from mingcha_analyzers.app.security.looks import Sign, load_looks
from mingcha_analyzers.app.security.manifest_signs import find_in_manifest, find_screens
from mingcha_analyzers.app.security.named import find_in_endpoints, find_in_files, find_in_strings, say_unsearched
from mingcha_analyzers.app.security.owning import APP, OwnerOf
from mingcha_analyzers.app.security.signatures import find_in_signing
from mingcha_analyzers.app.security.xml_signs import XmlSigns
from mingcha_analyzers.app.values import Endpoint, Packer, SecurityFact, Signing
from mingcha_analyzers.values import Limit

_MAX_PLACES = 1000
"""Places kept of one fact for one owner."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the other readers found that bears on security.

    ``classes`` are dotted; ``signs`` those of the code; ``files``: names and bytes of text files among the assets.
    ``code_seen``: all of the code was read, so that what is missing in it can be told.
    """

    manifest: Manifest
    signing: Signing
    packer: Packer | None
    classes: Sequence[str]
    signs: Sequence[Sign]
    code_seen: bool
    endpoints: Sequence[Endpoint]
    files: Sequence[tuple[str, bytes]]
    archive: Entries
    resources: ResourceTable
    owner_of: OwnerOf


def find_security(evidence: Evidence) -> tuple[tuple[SecurityFact, ...], tuple[Limit, ...]]:
    """Return the facts, sorted by id, owner and place, and a limit for each of which places were left out."""
    circumstances = Circumstances(evidence.manifest, "\n".join(("", *evidence.classes)))
    xml = XmlSigns(evidence.archive, evidence.manifest, evidence.owner_of)
    signs = [sign for sign in (*_signs(evidence), *xml.find()) if circumstances.hold(sign.look)]
    found = {sign.look.fact for sign in signs}
    facts, limits = _fold(sign for sign in signs if needs_met(sign.look, found))
    return facts, (*limits, *xml.limits, *say_unsearched(evidence.files))


def _signs(evidence: Evidence) -> Iterator[Sign]:
    yield from _without_missing(evidence)
    yield from find_in_manifest(evidence.manifest, evidence.owner_of)
    yield from find_in_signing(evidence.signing)
    yield from find_in_endpoints(evidence.endpoints)
    yield from find_in_strings(evidence.resources)
    yield from find_in_files(evidence.files)
    if evidence.packer is not None:
        for look in load_looks().get("packer", ()):
            yield Sign(look, APP, None, None, evidence.packer.name, look.confidence)


def _without_missing(evidence: Evidence) -> Iterator[Sign]:
    """Yield the signs of code, and screens that call for what no own code does."""
    done = {sign.look for sign in evidence.signs if sign.look.kind == "missing" and not sign.owner.startswith("sdk:")}
    yield from (sign for sign in evidence.signs if sign.look.kind != "missing")
    for look in load_looks().get("missing", ()):
        if look not in done and evidence.code_seen:
            yield from find_screens(look, evidence.manifest, evidence.owner_of)


def _fold(signs: Iterable[Sign]) -> tuple[tuple[SecurityFact, ...], tuple[Limit, ...]]:
    """Return one fact for each id, owner, place without offset and detail; the surest counts."""
    best: dict[tuple[str, ...], SecurityFact] = {}
    for sign in signs:
        fact = SecurityFact(sign.look.fact, sign.owner, sign.file, sign.place, sign.detail, sign.confidence)
        key = _order(fact)
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    kept: list[SecurityFact] = []
    left: dict[tuple[str, str], int] = {}
    for key in sorted(best):
        group = key[0], key[1]
        left[group] = left.get(group, 0) + 1
        if left[group] <= _MAX_PLACES:
            kept.append(best[key])
    over = {fact: count - _MAX_PLACES for (fact, _), count in left.items() if count > _MAX_PLACES}
    return tuple(kept), tuple(Limit("security", "too_many_places", f"{fact}: {over[fact]}") for fact in sorted(over))


def _order(fact: SecurityFact) -> tuple[str, ...]:
    place = fact.place
    where = (place.class_ or "", place.method or "", place.descriptor or "") if place else ("", "", "")
    return fact.id, fact.owner, fact.file or "", *where, fact.detail or ""
