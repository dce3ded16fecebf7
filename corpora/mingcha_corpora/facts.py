"""Android facts beside permissions: API uses, security facts, in-app texts, acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from mingcha_corpora.records import Record, read_records


@dataclass(frozen=True, slots=True)
class ApiFact:
    """A call, field or string that reads data or does an act.

    Of ``data_item`` and ``act`` one is set, or none where only the argument says what is read. ``kind``: method,
    field, content-uri, settings-key, system-property, file-path, shell, intent-action, reflection-string,
    constant-arg. Methods and fields have ``class_`` (``Ljava/lang/X;``), ``name`` and ``descriptors`` (all
    overloads; a final ``*`` stands for any return type; empty: by name); the others have ``value``, that of a
    constant-arg being ``class->method:constant``. ``mechanism``: getter, field, listener, content-query, file-read
    and reflection are reads; action, consent-gate, broadcast-or-intent and argument are not. ``match``: invoke,
    override, sget/iget and string forms. ``evidence``: direct, conditional (needs the argument) or weak (never a
    finding alone). ``permissions``: those that guard it, by API level.
    """

    id: str
    kind: str
    data_item: str | None
    act: str | None
    facets: tuple[str, ...]
    class_: str | None
    name: str | None
    descriptors: tuple[str, ...]
    value: str | None
    mechanism: str
    match: str
    evidence: str
    permissions: tuple["PermissionNeed", ...]
    verified: bool
    note: str


@dataclass(frozen=True, slots=True)
class PermissionNeed:
    """A permission an API needs, with the API levels it needs it at; ``-`` means none. Null: open end."""

    permission: str
    since: int | None
    until: int | None
    note: str


@dataclass(frozen=True, slots=True)
class SecurityFactRecord:
    """Static evidence that bears on a security clause; each of ``looks`` shows it.

    ``where``: manifest, resources, dex, apk, libs, assets. ``severity`` info is no finding; ``coverage`` facts say
    only what limits the analysis. A look has ``in``, the kind of evidence, and what that kind reads; each kind is told
    in the module of ``mingcha_analyzers.app.security`` that looks. ``part`` says what of the fact is not looked for,
    ``unseen`` why nothing is.
    """

    id: str
    title_zh: str
    title: str
    where: tuple[str, ...]
    detect: str
    severity: str
    clauses: tuple[str, ...]
    looks: tuple[Mapping[str, Any], ...]
    part: str | None
    unseen: str | None
    coverage: bool


@dataclass(frozen=True, slots=True)
class UiFact:
    """Texts and names in the app that bear on a right, on consent, on start-up or on data typed in.

    ``section``: right, consent, entry_point, sensitive_input or layout_attributes. ``name``: the right or consent
    fact. ``zh`` and ``en`` are substrings to look for, ``weak_*`` ones that give review at best, ``not_cues`` texts
    that look alike and must not count. ``more`` holds what only this section has (regexes, gates, order).
    """

    id: str
    section: str
    name: str
    data_item: str | None
    zh: tuple[str, ...]
    en: tuple[str, ...]
    weak_zh: tuple[str, ...]
    weak_en: tuple[str, ...]
    not_cues: tuple[str, ...]
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """Something code does that is no read of data: self start, placing a call."""

    id: str
    zh: str
    en: str


@cache
def load_api_facts() -> tuple[ApiFact, ...]:
    """Return the API facts, sorted by id."""
    return tuple(_api_fact(record) for record in read_records("android/api_facts.jsonl"))


@cache
def load_security_facts() -> tuple[SecurityFactRecord, ...]:
    """Return the security facts, sorted by id."""
    return tuple(
        SecurityFactRecord(
            id=record["id"],
            title_zh=record["title_zh"],
            title=record["title"],
            where=tuple(record["where"].split(",")),
            detect=record["detect"],
            severity=record["severity"],
            clauses=tuple(record["clauses"]),
            looks=_frozen(record.get("looks", [])),
            part=record.get("part"),
            unseen=record.get("unseen"),
            coverage=record.get("use") == "coverage",
        )
        for record in read_records("android/security_facts.jsonl")
    )


@cache
def load_ui_facts() -> tuple[UiFact, ...]:
    """Return the in-app facts, sorted by id."""
    return tuple(_ui_fact(record) for record in read_records("android/ui_facts.jsonl"))


@cache
def load_acts() -> Mapping[str, Act]:
    """Return the acts by id."""
    acts = (Act(record["id"], record["zh"], record["en"]) for record in read_records("acts.jsonl"))
    return MappingProxyType({act.id: act for act in acts})


def _api_fact(record: Record) -> ApiFact:
    get = record.get
    return ApiFact(
        id=record["id"],
        kind=record["kind"],
        data_item=record["data_item"],
        act=record["act"],
        facets=tuple(record["facets"]),
        class_=get("class"),
        name=get("name"),
        descriptors=tuple(get("descriptors", ())),
        value=get("value"),
        mechanism=record["mechanism"],
        match=record["match"],
        evidence=record["evidence"],
        permissions=tuple(
            PermissionNeed(need["permission"], need["since"], need["until"], need.get("note") or "")
            for need in get("permissions", ())
        ),
        verified=get("verified", "no") != "no",
        note=get("note", ""),
    )


_UI_OWN = frozenset({"id", "section", "right", "name", "data_item", "zh", "en", "weak_zh", "weak_en", "not_cues"})


def _ui_fact(record: Record) -> UiFact:
    get = record.get
    return UiFact(
        id=record["id"],
        section=record["section"],
        name=get("right") or get("name") or "",
        data_item=get("data_item"),
        zh=tuple(get("zh", ())),
        en=tuple(get("en", ())),
        weak_zh=tuple(get("weak_zh", ())),
        weak_en=tuple(get("weak_en", ())),
        not_cues=tuple(get("not_cues", ())),
        more=_frozen({key: value for key, value in record.items() if key not in _UI_OWN}),
    )


def _frozen(value: Any) -> Any:
    """Return ``value`` with its dicts read-only and its lists as tuples."""
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(entry) for key, entry in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(entry) for entry in value)
    return value
