"""Elements of a package's XML, whichever form it was compiled into."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# Namespace of the attributes that the system defines.
ANDROID = "{http://schemas.android.com/apk/res/android}"


@dataclass(slots=True, eq=False)
class Element:
    """One element: its tag, attributes (``{namespace}name`` to text), text and children, in order."""

    tag: str
    attrib: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    children: list["Element"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        return iter(self.children)

    def __len__(self) -> int:
        return len(self.children)

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return an attribute's text by its full name."""
        return self.attrib.get(name, default)

    def find(self, tag: str) -> "Element | None":
        """Return the first child of a tag."""
        return next(self.iterchildren(tag), None)

    def iterchildren(self, tag: str | None = None) -> Iterator["Element"]:
        """Yield the children, those of a tag when one is given."""
        return (child for child in self.children if tag is None or child.tag == tag)

    def iter(self, tag: str | None = None) -> Iterator["Element"]:
        """Yield this element and all below it in document order, those of a tag when one is given."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if tag is None or element.tag == tag:
                yield element
            waiting += reversed(element.children)


def attribute(element: Element, name: str) -> str | None:
    """Return an ``android:`` attribute's text.

    The system finds attributes by resource number, so packages whose tools wrote another namespace, or none, still
    install (some games' exporters do); so does a name without its usual namespace here.
    """
    value = element.attrib.get(ANDROID + name)
    if value is not None:
        return value
    others = (text for key, text in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(others, None)
