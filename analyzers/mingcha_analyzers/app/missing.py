"""What of a split app is not there or cannot be read, and whether code may be among it.

Where code may be missing the limit is one of the code, so that nothing that rests on the whole code passes.
"""

from collections.abc import Collection, Iterator

from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.values import Limit

# Set by stores and by bundletool on a base that does not work alone.
_REQUIRED = "com.android.vending.splits.required"
_SHOWN = 10


def configures(split: str) -> bool:
    """Return whether a split of this name, or a file named after it, only configures: density, ABI, language."""
    return split.startswith("config.") or ".config." in split or "_config." in split


def missing_limit(reason: str, name: str) -> Limit:
    """Return the limit for a part by its name."""
    return Limit("archive" if configures(name.rpartition("/")[2]) else "code", reason, name)


def find_missing(root: Element, splits: Collection[str]) -> Iterator[Limit]:
    """Yield what is missing beside a package with this manifest and these splits."""
    if root.get("split"):
        yield Limit("code", "base_missing", f"split {root.get('split')}")
        return
    # A base names the split of each component whose code is not in the base.
    application = root.find("application")
    children = () if application is None else tuple(application)
    named = {split for child in children if (split := attribute(child, "splitName")) and split not in splits}
    for split in sorted(named)[:_SHOWN]:
        yield Limit("code", "splits_missing", split)
    if not splits and not named and (_is_required(root) or any(map(_marks_required, children))):
        yield Limit("archive", "splits_missing", attribute(root, "requiredSplitTypes") or "")


def _is_required(root: Element) -> bool:
    return attribute(root, "isSplitRequired") == "true" or bool(attribute(root, "requiredSplitTypes"))


def _marks_required(child: Element) -> bool:
    return attribute(child, "name") == _REQUIRED and attribute(child, "value") == "true"
