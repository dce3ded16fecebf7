"""Lines cut at the labels within them (“SDK名称：…”), and the names before the first label of a record."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingcha_analyzers.policy.claims.fields import LONGEST_TITLE, name_field
from mingcha_analyzers.policy.claims.flat_tables import tighten
from mingcha_analyzers.policy.claims.sdknames import is_sdk_name
from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import load_words

OTHER = "other"
LONGEST_LINE = 240
LONG = 60
SHORTEST_LABEL, LONGEST_LABEL = 2, 14
LONGEST_GENERAL = 5  # 类型：, 目的： end many labels.
# A label that is none of a list's (“共享类型：内嵌SDK”): the line is neither a title nor more of the value above.
FOREIGN = re.compile(r"[\s*#·•●-]*(?:[(（]\w{1,2}[)）])?[^\s:：，,。;；()（）]{2,14}[:：][ \t*]*[^\s*]")
LABEL = re.compile(r"(?:^|(?<=[\s;；。,，|*]))(?P<label>[^\s:：;；，,。|]{1,24})[ \t]*[:：][ \t]*", re.MULTILINE)
LOOSE = re.compile(r"(?P<label>[^\s:：;；，,。|()（）“”]{2,24})[ \t]*[:：][ \t]*")
# In an item that a name opens, a field may follow its label without a colon: 服务类型为推送，收集个人信息类型为….
SAID = re.compile(r"(?<=[;；。,，])(?P<label>[^\s:：;；，,。|]{2,16}?)(?:为(?!了)|是)")
_NUMBER = r"[\s*#]*(?:[(（]?\d{1,3}(?:\.\d{1,2})*[)）.、．]*|[①-⑳])"
ITEM = re.compile(
    rf"(?:{_NUMBER})?[ \t\u00a0]*(?:SDK)?[“\"「](?P<quoted>[^“”\"「」]{{2,30}})[”\"」](?:SDK)?(?=[，,：:；;（(包])"
    rf"|{_NUMBER}[ \t\u00a0]*(?P<name>[^，,：:；;。“”]{{2,30}}?)(?=[，,；;])",
    re.IGNORECASE,
)
# The number of a record within a line: behind a mark, or behind the link of the record before it (…/policy2）).
NUMBER = re.compile(
    r"(?:^|(?<=[\s\u00a0。；;，,）)])|(?<=[^\x00-\x7f])|(?<=[\w/=&]))"
    r"(?:[(（]\d{1,2}[)）]|\d{1,2}(?:[)）、．]|\.(?!\d))|[①-⑳])[ \t\u00a0]*"
)
NAMED = re.compile(
    r"[“\"「](?P<quoted>[^“”\"「」]{2,30})[”\"」]"
    r"|(?P<marked>[^\s:：;；，,。“”\"]{2,30})(?=[ \t\u00a0]{2,}|[;；]|包含)"
    r"|(?P<whole>[^:：;；，,。“”\"]{2,60})\Z"
)
NUMBER_BEHIND = re.compile(
    r"(?:(?P<glued>(?<=[\w/=&]))?(?:[(（]?(?P<digits>\d{1,3})[)）.、．]|[①-⑳]))?[ \t\u00a0；;“\"「]*\Z"
)
BEFORE_LABEL = " \t\u00a0\u3000：:，,；;"


@dataclass(frozen=True, slots=True)
class Line:
    """A line or labelled part of one; ``start`` … ``end`` is its value.

    ``field`` is null where it bears no label and ``OTHER`` where the label is none of a list's. ``opens``: the name of
    a record that stands before labels on its own line.
    """

    field: str | None
    label: int
    start: int
    end: int
    heading: bool = False
    opens: bool = False

    def titles(self, text: str) -> bool:
        """Return whether the line can name what the labelled lines below describe."""
        return self.field is None and can_title(text[self.start : min(self.end, self.start + LONGEST_LINE)])


@dataclass(frozen=True, slots=True)
class Label:
    """A label at ``start``; its value begins at ``value``."""

    field: str
    start: int
    value: int


def can_title(words: str) -> bool:
    """Return whether ``words`` can name what labelled lines describe; package names in brackets may make them long."""
    folded, _ = fold(words, blanks=False)
    if not 1 < len(re.sub(r"\([^()]*\)", "", folded)) <= LONGEST_TITLE:
        return False
    return re.search("|".join(load_words("sdk_lists")["untitled"]["zh"]), folded) is None


def cut_line(text: str, start: int, end: int, lang: str, heading: bool) -> Iterator[Line]:
    """Yield the labelled parts of one line, or the line itself."""
    item = find_item(text, start, end)
    labels = find_labels(text, item[1] if item else start, end, lang, said=item is not None)
    if not labels:
        # Words before a label on its own line are no title.
        if text[start:end].strip(" \t#*0123456789.、)）(（-·•"):
            yield Line(OTHER if FOREIGN.match(text, start, end) else None, start, *tighten(text, start, end), heading)
        return
    titles = dict(find_titles(text, start, labels)) if len(labels) > 1 else {}
    if item and len(labels) > 1:
        titles.setdefault(labels[0].start, item)
    told = 1
    for index, label in enumerate(labels):
        if title := titles.get(label.start):
            told += 1
            yield Line(None, title[0], *title, opens=True)
        last = labels[index + 1].start if index + 1 < len(labels) else end_of_records(text, label.value, end, told)
        following = titles.get(last)
        value = tighten(text, label.value, following[0] if following and following[0] >= label.value else last)
        yield Line(label.field, label.start, *without_number(text, *value, told) if following else value)


def end_of_records(text: str, start: int, end: int, number: int) -> int:
    """Return where the last value of a line ends: before the number that goes on counting, if any."""
    if number == 1:
        return end
    numbers = (
        found for found in NUMBER.finditer(text, start, end) if found.group().strip(" (（)）.、．") == str(number)
    )
    return next((found.start() for found in numbers), end)


def find_item(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of the name of an SDK that opens the line (1、SDK“甲乙+”，…), if one does."""
    found = ITEM.match(text, start, min(end, start + LONGEST_LINE))
    if found is None:
        return None
    place = found.span("quoted") if found["quoted"] else found.span("name")
    words = text[slice(*place)]
    return place if "sdk" in found.group().lower() or is_sdk_name(words) else None


def find_labels(text: str, start: int, end: int, lang: str, *, said: bool) -> list[Label]:
    """Return the labels of a line in order; in a long one those that repeat need no mark before them."""
    found: dict[int, Label] = {}
    for expression in (LABEL, SAID) if said else (LABEL,):
        for hit in expression.finditer(text, start, end):
            if (field := name_field(hit["label"], lang)) and field != "number":
                found.setdefault(hit.end(), Label(field, hit.start("label"), hit.end()))
    if end - start > LONG:
        for label in find_repeated(text, start, end, lang):
            if label.value not in found or label.value - label.start >= LONGEST_GENERAL:
                found[label.value] = label
    return sorted(found.values(), key=lambda label: label.start)


def find_repeated(text: str, start: int, end: int, lang: str) -> Iterator[Label]:
    """Yield labels that stand several times in a line, whatever the value before them ends in (推送收集信息：…)."""
    hits = [(hit["label"][-LONGEST_LABEL:], hit.end("label"), hit.end()) for hit in LOOSE.finditer(text, start, end)]
    if len(hits) < 4:
        return
    counts = Counter(words[at:] for words, _, _ in hits for at in range(len(words) - SHORTEST_LABEL + 1))
    for words, stop, value in hits:
        forms = [words[at:] for at in range(len(words) - SHORTEST_LABEL + 1)]
        most = max(counts[form] for form in forms)
        label = next((form for form in forms if counts[form] == most > 1 and field_of(form, lang)), None)
        if label and (field := field_of(label, lang)):
            yield Label(field, stop - len(label), value)


@lru_cache(maxsize=4096)
def field_of(label: str, lang: str) -> str | None:
    """Return the field that a label without a mark before it stands for; only words that a label begins with do so."""
    begins = re.match(r"(?i)[第的 ]|.{0,2}(?:及|和|与|为|了)", label)
    field = None if begins else name_field(label, lang)
    return field if field != "number" else None


def find_titles(text: str, start: int, labels: Sequence[Label]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the place of a label and of the name before it, where the first label of a line's records stands."""
    opener = text[labels[0].start : labels[0].value].strip(" :：\t")
    for index, label in enumerate(labels):
        if label.field == "name" or not text.startswith(opener, label.start):
            continue
        before = labels[index - 1].value if index else max(start, label.start - LONGEST_LINE)
        if title := find_title(text, before, label.start):
            yield label.start, title


def find_title(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the name that ends where a record begins: behind its number, in quotation marks, or known."""
    stop = start + len(text[start:end].rstrip(BEFORE_LABEL))
    numbers = list(NUMBER.finditer(text, max(start, stop - LONGEST_LINE), stop))
    for number in reversed(numbers):
        place = named_after(text, number.end(), stop)
        if place:
            return place
    return known_end(text, start, stop)


def named_after(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """Return the name that stands behind a number: in quotation marks, up to a mark, or all of the words."""
    found = NAMED.match(text, start, stop)
    if found is None:
        return None
    place = next(found.span(key) for key in ("quoted", "marked", "whole") if found[key])
    return place if can_title(text[slice(*place)]) else None


def known_end(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the longest name of an SDK that the words end in."""
    least = max(start, end - LONGEST_TITLE // 2)
    for place in range(least, end - 1):
        words = text[place:end]
        if words[0].isspace() or (
            place > start and words[0].isascii() and text[place - 1].isascii() and text[place - 1].isalnum()
        ):
            continue
        if not re.search(r"[。；;：:，,、]", words) and is_whole_name(words):
            return place, end
    return None


@lru_cache(maxsize=4096)
def is_whole_name(words: str) -> bool:
    """Return whether ``words`` as a whole are the name of an SDK or a house of SDKs."""
    from mingcha_analyzers.policy.claims.sdknames.directory import load_directory
    from mingcha_analyzers.policy.claims.sdknames.forms import shorten
    from mingcha_analyzers.policy.claims.sdknames.kinds import load_houses

    return any(form in load_houses() or bool(load_directory().find(form)) for form in shorten(words))


def without_number(text: str, start: int, end: int, number: int) -> tuple[int, int]:
    """Return a value without the number of the record behind it, which may run into a link (…/policy2）“)."""
    found = NUMBER_BEHIND.search(text, start, end)
    if found is None:
        return start, end
    digits = found["digits"] or ""
    kept = len(digits) - len(str(number)) if digits.endswith(str(number)) and found["glued"] else 0
    return tighten(text, start, found.start() + kept)
