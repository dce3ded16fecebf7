"""Signs in the package as evidence of a finding."""

from collections.abc import Sequence

from mingcha_analyzers.app.values import App, EvidenceKind, SdkFound
from mingcha_corpora.sdks import load_sdk_base
from mingcha_rules.access_levels import Access
from mingcha_rules.values import AppEvidence, Words
from mingcha_rules.words import load_words

MANIFEST = "AndroidManifest.xml"
_IN_MANIFEST = frozenset({EvidenceKind.COMPONENT, EvidenceKind.META_DATA})
_SHOWN = 5
_ARROW = " → "


def permission_evidence(name: str) -> AppEvidence:
    """Return the manifest line of a permission."""
    return AppEvidence(kind="permission", value=name, file=MANIFEST, place=None)


def sdk_evidence(found: SdkFound) -> tuple[AppEvidence, ...]:
    """Return the first signs of an SDK."""
    return tuple(
        AppEvidence(
            kind=sign.kind.value, value=sign.value, file=MANIFEST if sign.kind in _IN_MANIFEST else None, place=None
        )
        for sign in found.evidence[:_SHOWN]
    )


def sign_words(found: SdkFound) -> tuple[Words, ...]:
    """Return the first two signs of an SDK in words: their kind and value."""
    kinds = load_words("gaps")
    return tuple(
        Words(f"{kinds[sign.kind.value].zh} {sign.value}", f"{kinds[sign.kind.value].en} {sign.value}")
        for sign in found.evidence[:2]
    )


def call_evidence(app: App, access: Access) -> AppEvidence:
    """Return the clearest call of an access with the way that leads to it."""
    seen = app.observations[access.seen[0]]
    return AppEvidence(kind="call", value=_way(app, access), file=seen.place.dex, place=seen.place)


def way_words(app: App, access: Access) -> Words:
    """Return the way to the clearest call of an access; names of code are the same in every language."""
    way = _way(app, access)
    return Words(way, way)


def chain_words(chain: Sequence[str]) -> Words:
    """Return a way of calls; names of code are the same in every language."""
    way = _ARROW.join(map(_short, chain))
    return Words(way, way)


def owner_words(app: App, owner: str) -> Words:
    """Return how the owner of code is written in messages."""
    kind, _, name = owner.partition(":")
    words = load_words("owners")
    if kind == "sdk":
        record = load_sdk_base().records.get(name)
        found = next((item.name for item in app.sdks if item.id == name), name)
        return Words((record.name_zh if record else "") or found, found)
    if kind == "unknown":
        return Words(f"{words[kind].zh}（{name}）", f"{words[kind].en} ({name})")
    return words[kind]


def _way(app: App, access: Access) -> str:
    seen = app.observations[access.seen[0]]
    chain = seen.reach.chain or (seen.caller,)
    return _ARROW.join(map(_short, (*chain, seen.api)))


def _short(name: str) -> str:
    """Return a method without package and descriptor: ``TelephonyManager.getDeviceId``."""
    class_, arrow, method = name.partition("->")
    plain = class_.removeprefix("L").removesuffix(";").rpartition("/")[2].rpartition(".")[2]
    return f"{plain}.{method.partition('(')[0].partition(':')[0]}" if arrow else name
