"""Code that lies in a package beside the DEX files that the system loads."""

from dataclasses import dataclass
from enum import StrEnum


class NestedKind(StrEnum):
    """How code lies there: slices of Android Studio's Instant Run, an archive, or a DEX file by itself."""

    INSTANT_RUN = "instant_run"
    ARCHIVE = "archive"
    DEX = "dex"


@dataclass(frozen=True, slots=True)
class NestedCode:
    """An entry of the package that holds code which something else than the system loads (plug-in, hot fix, ad SDK).

    ``dex``: how many DEX files were read from it; ``classes``: how many classes they define that no DEX before them
    does. Places of such code name the DEX behind the entry: ``assets/plugin.jar!/classes.dex``.
    """

    place: str
    kind: NestedKind
    dex: int
    classes: int
