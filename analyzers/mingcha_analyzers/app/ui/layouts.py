"""Layouts, menus and preference screens of a package: the texts of each element, found by resource type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.app.resources.table import FileResource, ResourceTable, is_reference
from mingcha_analyzers.values import Limit

LANGUAGES = ("", "zh", "en")
_TYPES = ("layout", "menu", "xml")
_TEXTS = ("text", "hint", "contentDescription", "title", "summary", "summaryOn", "summaryOff", "textOn", "textOff")
_MAX_FILE = 1 << 20
_MAX_FILES = 6_000
_MAX_TOTAL = 32 << 20
_MAX_ELEMENTS = 500_000
_MAX_INCLUDED = 20
# Names in a sound package are far shorter.
_MAX_NAME = 100
# Cues are looked for in far shorter texts.
_MAX_TEXT = 4_000


@dataclass(frozen=True, slots=True)
class Widget:
    """An element that shows texts or can be ticked. ``parent`` numbers the element above; ``name`` is its id's."""

    tag: str
    name: str
    parent: int
    texts: tuple[str, ...]
    ticked: bool | None
    typed_into: bool

    def ends_with(self, names: tuple[str, ...]) -> bool:
        """Return whether the class is one of these, or a variant of one by its name."""
        return self.tag.rpartition(".")[2].endswith(names)


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout, menu or preference screen, with what it includes. ``classes``: views that are no platform's own."""

    type: str
    name: str
    widgets: tuple[Widget, ...]
    classes: tuple[str, ...]


@dataclass(slots=True)
class LayoutReader:
    """Reads the layouts of one package; ``limits`` fills with what could not be read."""

    entries: Entries
    resources: ResourceTable
    limits: list[Limit] = field(default_factory=list)
    _bytes_left: int = _MAX_TOTAL
    _elements_left: int = _MAX_ELEMENTS
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def read(self) -> Iterator[Layout]:
        """Yield every layout that can be read; of several configurations of one the first."""
        roots = self._roots()
        used: set[str] = set()
        for resource, (file, root) in roots.items():
            # Tools that take names away give all files the same one.
            name = file.name[:_MAX_NAME]
            unique = name if name not in used else f"{name}@{resource:08x}"
            used.add(name)
            yield self._layout(file.type, unique, root, roots)

    def _roots(self) -> dict[int, tuple[FileResource, Element]]:
        found: dict[int, tuple[FileResource, Element]] = {}
        damaged = 0
        for number, file in enumerate(self.resources.files(*_TYPES)):
            if number == _MAX_FILES or self._bytes_left <= 0:
                self.limits.append(Limit("ui", "too_many_layouts", str(number)))
                break
            if file.id not in found and file.entry in self.entries:
                root = self._root(file.entry)
                damaged += root is None
                if root is not None and root.tag:
                    found[file.id] = (file, root)
        if damaged:
            self.limits.append(Limit("ui", "layouts_damaged", str(damaged)))
        return found

    def _root(self, path: str) -> Element | None:
        """Return the root, one without a tag for plain text, None for a damaged file."""
        try:
            data = self.entries.read(path, _MAX_FILE)
            self._bytes_left -= len(data)
            return Element("") if data.lstrip().startswith(b"<") else parse_binary_xml(data)
        except (EntryError, DamagedError):
            return None

    def _layout(self, kind: str, name: str, root: Element, roots: Mapping[int, tuple[FileResource, Element]]) -> Layout:
        widgets: list[Widget] = []
        classes: set[str] = set()
        waiting = [(root, -1)]
        included = count = 0
        while waiting and count < self._elements_left:
            element, parent = waiting.pop()
            number, count = count, count + 1
            if "." in element.tag:
                classes.add(element.tag)
            inner = roots.get(_layout_of(element)) if included < _MAX_INCLUDED else None
            if inner is not None:
                included += 1
                waiting.append((inner[1], parent))
            widget = self._widget(element, parent)
            if widget is not None:
                widgets.append(widget)
            waiting.extend((child, number) for child in reversed(element.children))
        self._count(count, bool(waiting))
        return Layout(kind, name, tuple(widgets), tuple(sorted(classes)))

    def _count(self, elements: int, cut: bool) -> None:
        """Take elements from what may still be looked at; say so when there were more."""
        self._elements_left -= elements
        limit = Limit("ui", "too_many_layouts", str(_MAX_ELEMENTS))
        if cut and limit not in self.limits:
            self.limits.append(limit)

    def _widget(self, element: Element, parent: int) -> Widget | None:
        attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
        said = [attributes[name] for name in _TEXTS if name in attributes]
        checked = attributes.get("checked") or attributes.get("defaultValue")
        typed_into = "inputType" in attributes
        if not said and checked is None and not typed_into:
            return None
        texts = tuple(text for value in said for text in self._said(value))
        ticked = None if checked is None else self.resources.resolve(checked) == "true"
        name = self._name(attributes.get("id")) or attributes.get("key", "")
        return Widget(element.tag[:_MAX_NAME], name[:_MAX_NAME], parent, texts, ticked, typed_into)

    def _said(self, value: str) -> tuple[str, ...]:
        """Return a text as written, or those of the string it refers to, in Chinese, English and the default."""
        if not is_reference(value):
            return (one_line(value),) if value else ()
        if value not in self._texts:
            said = (one_line(each.text) for each in self.resources.texts_of(int(value[-8:], 16), LANGUAGES))
            self._texts[value] = tuple(dict.fromkeys(said))
        return self._texts[value]

    def _name(self, value: str | None) -> str:
        if value is None or not is_reference(value):
            return ""
        if value not in self._names:
            self._names[value] = (self.resources.name_of(int(value[-8:], 16)) or "").partition("/")[2]
        return self._names[value]


def _layout_of(element: Element) -> int:
    """Return the layout that an element includes, 0 for none."""
    value = attribute(element, "layout") if element.tag == "include" else None
    return int(value[-8:], 16) if value is not None and is_reference(value) else 0


def one_line(text: str) -> str:
    """Return a text with each run of blanks as one; of one as long as a document its beginning."""
    return " ".join(text[:_MAX_TEXT].split())
