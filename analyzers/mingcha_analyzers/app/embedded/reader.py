"""Finds the policy texts that a package holds, and chooses those that make one policy."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.embedded.signs import load_signs
from mingcha_analyzers.app.embedded.values import EmbeddedPolicy
from mingcha_analyzers.app.resources.table import ResourceTable, TextResource
from mingcha_analyzers.app.ui.layouts import LANGUAGES
from mingcha_analyzers.policy.values import DocumentRole
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import MingchaError

_ENDINGS = (".html", ".htm", ".txt", ".md", ".markdown")
# The longest known policies have half a megabyte; larger texts are dictionaries and the like.
_MAX_FILE = 768 << 10
_MAX_TOTAL = 8 << 20
_MAX_FILES = 200
# PDF and DOCX files hold fonts and pictures beside their text; few packages have any.
_MAX_PAGED = 8
_MAX_PAGED_FILE = 8 << 20
# A text for people has some length; shorter ones are notices that point to it.
_LEAST_BYTES = 600
_MAX_NAME = 100
_LEAST_CHARACTERS = {"zh": 300, "en": 600}


@dataclass(frozen=True, slots=True)
class EmbeddedText:
    """A policy with its bytes."""

    policy: EmbeddedPolicy
    data: bytes


def find_embedded(
    entries: Entries, resources: ResourceTable, files: Sequence[tuple[str, bytes]] = ()
) -> list[EmbeddedText]:
    """Return the policies inside a package, sorted by place; ``files`` are entries that were read already."""
    found = [*_in_files(entries, resources, dict(files)), *_in_strings(resources)]
    return sorted(found, key=lambda each: each.policy.place)


def choose_policy(texts: Sequence[EmbeddedText]) -> list[EmbeddedText]:
    """Return the texts to be read as one policy: of one language, Chinese if there is any, with one main text."""
    readable = [each for each in texts if each.policy.text_sha256 is not None]
    languages = {each.policy.language for each in readable}
    chosen = [each for each in readable if each.policy.language == ("zh" if "zh" in languages else "en")]
    by_role: dict[DocumentRole, list[EmbeddedText]] = defaultdict(list)
    for each in chosen:
        by_role[each.policy.role].append(each)
    mains = by_role.pop(DocumentRole.MAIN, None) or by_role.pop(DocumentRole.OTHER, [])
    by_role.pop(DocumentRole.OTHER, None)
    main = sorted(mains, key=lambda each: (-each.policy.size, each.policy.place))[:1]
    return main + [each for group in by_role.values() for each in _distinct(group)]


def _distinct(texts: Sequence[EmbeddedText]) -> list[EmbeddedText]:
    return list({each.policy.text_sha256: each for each in reversed(texts)}.values())[::-1]


def _in_files(entries: Entries, resources: ResourceTable, known: Mapping[str, bytes]) -> Iterator[EmbeddedText]:
    raw = {file.entry for file in resources.files("raw")}
    places = [name for name in entries.names() if "assets/" in name or name in raw]
    paged = re.compile(load_signs()["paged_names"])
    left = _MAX_TOTAL
    for place in [name for name in places if name.lower().endswith(_ENDINGS)][:_MAX_FILES]:
        data = known.get(place)
        if data is None:
            data = _read(entries, place, min(left, _MAX_FILE))
            left -= len(data)
        yield from _examine(place, data)
    for place in [name for name in places if paged.search(name)][:_MAX_PAGED]:
        data = _read(entries, place, _MAX_PAGED_FILE)
        yield _open(place, data) or _unread(place, data)


def _in_strings(resources: ResourceTable) -> Iterator[EmbeddedText]:
    read: dict[str, list[EmbeddedText]] = {}
    for text in resources.texts(LANGUAGES, lambda text: len(text) >= _LEAST_CHARACTERS["zh"]):
        place = _place_of(text)
        if text.text not in read:
            read[text.text] = list(_examine(place, text.text.encode("utf-8", "replace")))
        yield from (replace(each, policy=replace(each.policy, place=place)) for each in read[text.text])


def _place_of(text: TextResource) -> str:
    locale = f"[{text.locale}]" if text.locale else ""
    return f"resources.arsc#{text.type}/{text.name[:_MAX_NAME]}{locale}"


def _read(entries: Entries, place: str, most: int) -> bytes:
    try:
        return entries.read(place, most)
    except EntryError:
        return b""


def _examine(place: str, data: bytes) -> Iterator[EmbeddedText]:
    """Yield the text if it is a policy and no agreement that only speaks of one."""
    if not _LEAST_BYTES <= len(data) <= _MAX_FILE or not _may_be_policy(data):
        return
    found = _open(place, data)
    if found is not None:
        yield found


def _unread(place: str, data: bytes) -> EmbeddedText:
    """Return a file that its name tells for a policy and that was not read."""
    digest = hashlib.sha256(data).hexdigest()
    return EmbeddedText(EmbeddedPolicy(place, DocumentRole.OTHER, None, None, len(data), digest, None), data)


def _open(place: str, data: bytes) -> EmbeddedText | None:
    from mingcha_analyzers.policy.reader import open_document

    digest = hashlib.sha256(data).hexdigest()
    try:
        document, _, title, *_ = open_document(SourceFile(place, data), digest)
    except MingchaError:
        return None
    if len(document.text) < _LEAST_CHARACTERS[document.language]:
        return None
    if re.search(load_signs()["other_titles"], (title or "").lower()):
        return None
    policy = EmbeddedPolicy(place, document.role, title, document.language, len(data), digest, document.text_sha256)
    return EmbeddedText(policy, data)


def _may_be_policy(data: bytes) -> bool:
    """Return whether a text speaks of personal information so often that it is worth opening."""
    lowered = data.lower()
    telling, *others = _encoded_groups()
    often = sum(map(lowered.count, telling)) >= load_signs()["least"]
    return often and all(any(word in lowered for word in group) for group in others)


@cache
def _encoded_groups() -> tuple[tuple[bytes, ...], ...]:
    signs = load_signs()
    return tuple(
        tuple(sorted({word.encode(encoding) for word in group for encoding in signs["encodings"]}))
        for group in (signs["telling"], signs["others"])
    )
