"""The API facts, indexed by what code shows: methods, fields, texts and arguments."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_analyzers.app.code.tables import load_uri_fields, members_of
from mingcha_analyzers.app.dex.names import Member
from mingcha_corpora.facts import ApiFact, PermissionNeed, load_api_facts
from mingcha_corpora.permissions import load_permissions
from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"
_EXACT_KINDS = frozenset(("system-property", "reflection-string", "intent-action"))
# Mechanism of calls that only need a permission.
NEEDS = "needs"
# Permissions of these kinds can be had by an app of a store.
_NOT_OBTAINABLE = frozenset(("signature",))


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand with a call for it to show its facts; ``weak``: else it is weak evidence, not none."""

    arguments: frozenset[bytes]
    beside: frozenset[bytes]
    calls: frozenset[Member]
    unless: frozenset[Member]
    weak: bool


@dataclass(frozen=True, slots=True)
class FactIndex:
    """Facts by what shows them. ``exact`` and ``paths`` are texts of the code; the others are arguments of calls."""

    methods: Mapping[Member, tuple[ApiFact, ...]]
    overrides: Mapping[Member, ApiFact]
    fields: Mapping[Member, ApiFact]
    exact: Mapping[bytes, ApiFact]
    paths: tuple[tuple[bytes, ApiFact], ...]
    any_path: re.Pattern[bytes]
    uris: tuple[tuple[bytes, ApiFact], ...]
    settings: Mapping[bytes, ApiFact]
    commands: tuple[tuple[re.Pattern[bytes], ApiFact], ...]
    constants: Mapping[Member, Mapping[int, ApiFact]]
    reflected: Mapping[bytes, ApiFact]
    narrowed: Mapping[Member, Mapping[bytes, str]]
    conditions: Mapping[Member, Condition]
    manifest_only: frozenset[str]
    shared_folders: frozenset[str]

    def fact_of_uri(self, text: bytes) -> ApiFact | None:
        """Return the fact of the longest URI that a text begins with."""
        return next((fact for prefix, fact in self.uris if text.startswith(prefix)), None)

    def fact_of_uri_field(self, class_: bytes) -> ApiFact | None:
        """Return the fact of the URI that static fields of a framework class hold."""
        found = (uri for prefix, uri in load_uri_fields() if class_.startswith(prefix))
        uri = next(found, None)
        return self.fact_of_uri(uri) if uri else None

    def fact_of_path(self, text: bytes) -> ApiFact | None:
        """Return the fact of the longest path that a text contains; a message that tells of a path has none."""
        if not self.any_path.search(text) or (b" " in text and not text.startswith(_path_commands())):
            return None
        return next((fact for part, fact in self.paths if part in text), None)

    def fact_of_command(self, text: bytes) -> ApiFact | None:
        """Return the fact of the longest command that a text contains as words."""
        return next((fact for pattern, fact in self.commands if pattern.search(text)), None)


@cache
def load_treatment() -> Mapping[str, Any]:
    """Return how single facts are taken; see facts.yaml."""
    table: Mapping[str, Any] = read_yaml("facts.yaml", _DATA)
    return table


@cache
def load_fact_index() -> FactIndex:
    """Return the index of all facts that are not ignored."""
    ignored = set(load_treatment()["ignored"])
    facts = [fact for fact in load_api_facts() if fact.id not in ignored]
    paths = _texts(facts, "file-path")
    return FactIndex(
        methods=_methods([*facts, *_needing_calls()]),
        overrides={_member(fact): fact for fact in facts if fact.match == "override"},
        fields={_member(fact): fact for fact in facts if fact.kind == "field"},
        exact={_text(fact): fact for fact in facts if fact.kind in _EXACT_KINDS},
        paths=paths,
        any_path=re.compile(b"|".join(re.escape(part) for part, _ in paths)),
        uris=_texts(facts, "content-uri"),
        settings={_text(fact): fact for fact in facts if fact.kind == "settings-key"},
        commands=tuple(
            (re.compile(rb"(?:^|[\s/;&|])" + re.escape(part) + rb"(?:$|[\s;&|])"), fact)
            for part, fact in _texts(facts, "shell")
        ),
        constants=_constants(facts),
        reflected=_reflected(facts),
        narrowed=_narrowed(),
        conditions=_conditions(),
        manifest_only=frozenset(load_treatment()["manifest_only"]),
        shared_folders=frozenset(load_treatment()["shared_folders"]),
    )


@cache
def _path_commands() -> tuple[bytes, ...]:
    return tuple(f"{command} ".encode() for command in load_treatment()["path_commands"])


@cache
def load_folder_readers() -> frozenset[Member]:
    """Return the calls that list or open files."""
    return members_of(load_treatment()["folder_readers"])


def _text(fact: ApiFact) -> bytes:
    return (fact.value or "").encode()


def _texts(facts: list[ApiFact], kind: str) -> tuple[tuple[bytes, ApiFact], ...]:
    """Return the texts of a kind, the longest first."""
    found = [(_text(fact), fact) for fact in facts if fact.kind == kind]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def _member(fact: ApiFact) -> Member:
    return (fact.class_ or "").encode(), (fact.name or "").encode()


def _methods(facts: list[ApiFact]) -> dict[Member, tuple[ApiFact, ...]]:
    table: dict[Member, tuple[ApiFact, ...]] = {}
    for fact in facts:
        if fact.kind == "method" and fact.match != "override":
            table[_member(fact)] = (*table.get(_member(fact), ()), fact)
    return table


def _needing_calls() -> Iterator[ApiFact]:
    """Yield calls that need a permission and read nothing, as facts without item and act; see permission_uses.yaml."""
    for permission, calls in read_yaml("permission_uses.yaml", _DATA)["calls"].items():
        for call in calls:
            class_, _, name = call.partition("->")
            yield ApiFact(
                id=f"needs:{call}",
                kind="method",
                data_item=None,
                act=None,
                facets=(),
                class_=class_,
                name=name,
                descriptors=(),
                value=None,
                mechanism=NEEDS,
                match="invoke",
                evidence="direct",
                permissions=(PermissionNeed(permission, None, None, ""),),
                verified=True,
                note="",
            )


def _narrowed() -> dict[Member, dict[bytes, str]]:
    """Return, by method, the texts that narrow what it reads, with the item."""
    return {
        (row["class"].encode(), name.encode()): {text.encode(): item for text, item in row["items"].items()}
        for row in load_treatment()["text_arguments"]
        for name in row["names"]
    }


def _conditions() -> dict[Member, Condition]:
    table: dict[Member, Condition] = {}
    for row in load_treatment()["conditions"]:
        condition = Condition(
            frozenset(text.encode() for text in row.get("arguments", ())),
            frozenset(text.encode() for text in row.get("beside", ())),
            members_of(row.get("calls", ())),
            members_of(row.get("unless", ())),
            row["otherwise"] == "weak",
        )
        for class_ in row.get("classes") or [row["class"]]:
            table.update({(class_.encode(), name.encode()): condition for name in row["names"]})
    return table


def _constants(facts: list[ApiFact]) -> dict[Member, dict[int, ApiFact]]:
    table: dict[Member, dict[int, ApiFact]] = {}
    for fact in facts:
        if fact.kind == "constant-arg":
            member, _, number = (fact.value or "").rpartition(":")
            class_, _, name = member.partition("->")
            table.setdefault((class_.encode(), name.encode()), {})[int(number)] = fact
    return table


def _reflected(facts: list[ApiFact]) -> dict[bytes, ApiFact]:
    """Return methods of the framework by name alone, where all of that name read the same item."""
    by_name: dict[bytes, list[ApiFact]] = {}
    telling = re.compile(load_treatment()["reflected_name"])
    common = set(load_treatment()["not_reflected"])
    for fact in facts:
        name = fact.name or ""
        if fact.kind != "method" or fact.evidence != "direct" or not (fact.class_ or "").startswith("Landroid/"):
            continue
        if telling.fullmatch(name) and name not in common:
            by_name.setdefault(name.encode(), []).append(fact)
    return {name: same[0] for name, same in by_name.items() if len({fact.data_item for fact in same}) == 1}


def fits_descriptor(fact: ApiFact, descriptor: str) -> bool:
    """Return whether a method's descriptor is one of the fact's overloads; none listed: every one is."""
    if not fact.descriptors:
        return True
    return any(
        descriptor == known or (known.endswith("*") and descriptor.startswith(known[:-1])) for known in fact.descriptors
    )


def is_effective(fact: ApiFact, target_sdk: int | None) -> bool:
    """Return whether an app of a store that targets a level still gets an answer."""
    if target_sdk is None:
        return True
    last = load_treatment()["last_level"].get(fact.id)
    if last is not None and target_sdk > last:
        return False
    at_level = [
        need
        for need in fact.permissions
        if (need.since is None or need.since <= target_sdk) and (need.until is None or target_sdk <= need.until)
    ]
    if not at_level:
        return True
    known = load_permissions()
    return any(_obtainable(known, need.permission, need.note) for need in at_level)


def _obtainable(known: Mapping[str, Any], name: str, note: str) -> bool:
    if name in known:
        return known[name].kind not in _NOT_OBTAINABLE
    return not note.startswith("signature")
