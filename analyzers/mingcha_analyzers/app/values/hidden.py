"""What keeps code from being read: packers, shortened names, code outside DEX."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Packer:
    """A packer, protector or obfuscator; ``hides_code``: the DEX in the package is not the real code."""

    id: str
    name: str
    kind: str
    hides_code: bool
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renaming:
    """How far names of classes were shortened, for the kind of owner with the largest share (null: too few classes).

    ``renamed``: so far that an SDK may hide behind a name that says nothing.
    """

    owner: str | None
    classes: int
    short: int
    renamed: bool


class HybridRead(StrEnum):
    """What was done with code outside DEX: its text was searched, or it was only named."""

    SEARCHED = "searched"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class HybridPart:
    """Code outside DEX that decides what the app does, or a door to it.

    ``kind``: a framework (uni-app, flutter …), a form (hermes), ``native_library`` or ``webview_bridge``. ``place``:
    an entry, or the method that opens the bridge. ``name``: of the library, or by which scripts call the bridge.
    """

    kind: str
    place: str
    name: str | None
    owner: str
    read: HybridRead
