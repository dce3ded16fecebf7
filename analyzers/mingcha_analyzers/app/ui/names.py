"""What names tell that users do not see: names of activities and resources, and whose a resource is by its name."""

import re
from collections.abc import Iterator, Sequence

from mingcha_analyzers.app.code.owners import APP, Owners
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.ui.cues import load_ui_words
from mingcha_analyzers.app.ui.layouts import Layout
from mingcha_analyzers.app.ui.values import UiRole, UiSource, UiText
from mingcha_analyzers.app.values import Component, ComponentKind, EvidenceKind, SdkFound
from mingcha_corpora.facts import UiFact, load_ui_facts

_NAMED_TYPES = ("id", "layout")
_MAX_NAME = 200


class ResourceOwners:
    """Whose a resource is, when its name begins as an SDK's package is called or its views are an SDK's."""

    def __init__(self, sdks: Sequence[SdkFound], owners: Owners) -> None:
        plain = set(load_ui_words()["plain_labels"])
        self._owners = owners
        self._labels: dict[str, str] = {}
        for sdk in sdks:
            prefixes = (each.value for each in sdk.evidence if each.kind is EvidenceKind.CLASS_PREFIX)
            labels = {label.lower() for prefix in prefixes for label in prefix.split(".")} - plain
            self._labels.update({label: f"sdk:{sdk.id}" for label in sorted(labels) if len(label) > 2})

    def of_name(self, name: str) -> str:
        """Return the owner of a resource by its name alone."""
        return self._labels.get(name.partition("_")[0].lower(), APP)

    def of_layout(self, layout: Layout) -> str:
        """Return the owner of a layout by its name, else by the views that it holds."""
        owner = self.of_name(layout.name)
        of_views = (self._owners.of(class_) for class_ in layout.classes)
        return owner if owner != APP else next((each for each in of_views if each.startswith("sdk:")), APP)

    def of_class(self, name: str) -> str:
        """Return the owner of a class."""
        return self._owners.of(name)


def find_names(resources: ResourceTable, components: Sequence[Component], owners: ResourceOwners) -> Iterator[UiText]:
    """Yield activities and resources whose names speak of a right; a name alone is weak."""
    activities = {each.name for each in components if each.kind is ComponentKind.ACTIVITY}
    by_simple_name = {name.rpartition(".")[2]: name for name in sorted(activities)}
    names = resources.names(*_NAMED_TYPES)
    for fact in load_ui_facts():
        if fact.section != "right":
            continue
        for simple in _matching(fact, "activity_regex", sorted(by_simple_name)):
            name = by_simple_name[simple]
            yield _name(fact, simple, UiSource.ACTIVITY, name, owners.of_class(name))
        for name in _matching(fact, "resource_id_regex", sorted(names)):
            yield _name(fact, name, UiSource.RESOURCE_NAME, name, owners.of_name(name))


def _name(fact: UiFact, text: str, source: UiSource, place: str, owner: str) -> UiText:
    return UiText(fact.id, UiRole.ENTRY, False, text, source, place, owner)


def _matching(fact: UiFact, key: str, names: Sequence[str]) -> Iterator[str]:
    regex = fact.more.get(key)
    if regex:
        pattern = re.compile(regex)
        yield from (name for name in names if len(name) <= _MAX_NAME and pattern.search(name))
