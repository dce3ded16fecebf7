"""Changes in words: what each is about, what its fields lost and gained, and where it stands in both versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingcha.comparison import PolicyVersion
from mingcha.render.citation import cite_all
from mingcha.render.naming import MAX_VALUE, item_name, joined, sdk_name, section_name
from mingcha.render.untrusted import visible
from mingcha.words import Phrases
from mingcha_corpora.sdks import load_sdk_base
from mingcha_rules.changes import Aspect, Change
from mingcha_rules.values import PolicyEvidence

MAX_PLACES = 3
MAX_QUOTE = 120
# Fields that hold ids, with the group of words that names them.
_GROUPS = {"action": "action", "way": "mechanism", "region": "region", "polarity": "polarity"}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """One field of a change: what the old version says, what the new one says; empty where it says nothing."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One change in words; ``old`` and ``new`` are quotations with their places."""

    kind: str
    aspect: str
    subject: str
    duty: str
    clauses: str
    fields: tuple[FieldWords, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]


def word_change(change: Change, old: PolicyVersion, new: PolicyVersion, words: Phrases) -> ChangeWords:
    """Return the change in words; texts of the policies in it are made visible."""
    return ChangeWords(
        kind=words(f"change.{change.kind.value}"),
        aspect=words(f"aspect.{change.aspect.value}"),
        subject=_subject(change, words),
        duty=words(f"duty.{change.duty.value}"),
        clauses=cite_all(change.clauses, words),
        fields=tuple(
            FieldWords(
                words(f"field.{item.field}"), _values(item.field, item.old, words), _values(item.field, item.new, words)
            )
            for item in change.fields
        ),
        old=_places(change.old, old, words),
        new=_places(change.new, new, words),
    )


def _subject(change: Change, words: Phrases) -> str:
    subject, written = change.subject, visible(change.name, MAX_VALUE)
    match change.aspect:
        case Aspect.RIGHT:
            return words.judged("rights", subject)
        case Aspect.COLLECTED:
            return _with_written(item_name(subject, words), written, words)
        case Aspect.DENIED:
            return _denied(subject, words)
        case Aspect.SDK | Aspect.RECIPIENT if subject in load_sdk_base().records:
            return _with_written(sdk_name(subject, words), written, words)
        case Aspect.PERMISSION:
            return subject.removeprefix("android.permission.")
        case Aspect.RETENTION:
            return item_name(subject, words) if subject else words("value.all_data")
        case Aspect.SECTION:
            return section_name(subject, words) if subject.startswith("D.") else written
        case Aspect.REGION | Aspect.DATE | Aspect.CONTACT:
            return words(f"{change.aspect.value}.{subject}")
        case Aspect.MINORS | Aspect.CONTROLLER:
            return ""
    return written


def _denied(subject: str, words: Phrases) -> str:
    action, _, item = subject.partition(":")
    act = words.or_key("action", action)
    name = item_name(item, words) if item else words("value.all_data")
    return words("value.denied", act=act, name=name)


def _with_written(name: str, written: str, words: Phrases) -> str:
    return name if written in ("", name) else words("value.item", name=name, written=written)


def _values(field: str, values: Sequence[str], words: Phrases) -> str:
    return joined([_value(field, value, words) for value in values], words)


def _value(field: str, value: str, words: Phrases) -> str:
    if field == "data_items":
        return item_name(value, words)
    if field == "guardian_consent":
        return words(f"value.{value}")
    if field == "response":
        count, _, kind = value.partition(" ")
        return words(f"value.days_{kind or 'calendar'}", count=count)
    return words.or_key(_GROUPS[field], value) if field in _GROUPS else visible(value, MAX_VALUE)


def _places(places: Sequence[PolicyEvidence], version: PolicyVersion, words: Phrases) -> tuple[str, ...]:
    paths = {document.id: visible(document.path, MAX_VALUE) for document in version.documents}
    shown = [_place(item, paths.get(item.span.doc, item.span.doc), words) for item in places[:MAX_PLACES]]
    if len(places) > MAX_PLACES:
        shown.append(words("value.more_places", count=len(places) - MAX_PLACES))
    return tuple(shown)


def _place(item: PolicyEvidence, path: str, words: Phrases) -> str:
    place = f"{path}:{item.line}:{item.column}"
    if item.page is not None:
        place = words("value.page_of", path=path, page=item.page)
    return words("value.quote", place=place, quote=visible(item.quote.strip(), MAX_QUOTE))
