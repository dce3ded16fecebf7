"""One form for the names of SDKs and companies: width, case, traditional characters, ornaments, suffixes, versions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mingcha_analyzers.policy.claims.statement import fold
from mingcha_analyzers.policy.claims.words import pattern

BRACKETED = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|「([^「」]*)」")
ORNAMENTS = re.compile(r"[®™©《》“”„\"'‘’`]")
JOINERS = re.compile(r"[-_·•‧・.+&/\\,，、;；:：|]")
# 2.5.0.jar, _v2.4.2_pro-20200224, -release.aar: what follows the name of a file.
FILE_TAIL = re.compile(
    r"(?:[-_ ]?v?\d+(?:[._]\d+)+[a-z0-9._-]*|[-_.](?:release|debug)[a-z0-9._-]*)?\.(?:jar|aar|so|a|framework)$"
)
VERSION = re.compile(r"[-_(]?(?:版本)?v?\d+(?:\.\d+)+[a-z0-9]*\)?(?:版本?)?$")
PARTED = re.compile(r"[/|、,，;；]")


@lru_cache(maxsize=8192)
def level(name: str) -> str:
    """Return ``name`` in half width, lower case and simplified characters, without blanks and ornaments."""
    folded, _ = fold(simplify(name), blanks=False)
    return ORNAMENTS.sub("", folded)


def simplify(name: str) -> str:
    """Return ``name`` in simplified characters; only what no simplified text holds is looked up."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return _converter().convert(name) if any("\u3400" <= letter <= "\u9fff" for letter in name) else name
    return name


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def plain(name: str) -> str:
    """Return the levelled name without brackets, hyphens and dots: what two spellings of one name share."""
    return JOINERS.sub("", re.sub(r"[()\[\]【】「」]", "", level(name)))


@lru_cache(maxsize=8192)
def shorten(name: str) -> tuple[str, ...]:
    """Return the plain forms of ``name``, each with one suffix (SDK, 插件, Android版) or version less than the last."""
    text = VERSION.sub("", FILE_TAIL.sub("", level(name)))
    forms = [plain(name), plain(text)]
    while True:
        shorter = pattern("sdk_lists", "suffix", "zh").sub("", forms[-1])
        if not shorter or shorter == forms[-1]:
            break
        forms.append(shorter)
    return tuple(form for form in dict.fromkeys(forms) if form)


def core(name: str) -> str:
    """Return the shortest form of ``name``; the core of a core is itself."""
    forms = shorten(name)
    return forms[-1] if forms else ""


def outside(name: str) -> str:
    """Return the levelled name without what stands in brackets."""
    return BRACKETED.sub("", level(name))


def inside(name: str) -> Iterator[str]:
    """Yield the parts that stand in brackets of ``name``."""
    for found in BRACKETED.finditer(level(name)):
        yield next((part for part in found.groups() if part), "")


def parts(name: str) -> Iterator[str]:
    """Yield the name without its brackets, its parts where it enumerates, and what its brackets hold."""
    bare = outside(name)
    yield bare
    if PARTED.search(bare):
        yield from PARTED.split(bare)
    for part in inside(name):
        part = re.sub(r"^即[:：]?", "", part)
        yield part
        if PARTED.search(part):
            yield from PARTED.split(part)
