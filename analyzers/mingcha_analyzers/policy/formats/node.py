"""What the walk needs of an element of the parsed page; lxml's elements have it."""

from collections.abc import Iterator
from typing import Protocol


class Node(Protocol):
    """An element with its text, the text behind it and its children."""

    @property
    def tag(self) -> object:
        """The name in small letters; no string for comments and the like."""

    @property
    def text(self) -> str | None:
        """The characters before the first child."""

    @property
    def tail(self) -> str | None:
        """The characters behind the element."""

    @property
    def sourceline(self) -> int | None:
        """The line of the source where the element begins."""

    def get(self, name: str) -> str | None:
        """Return an attribute."""

    def itertext(self) -> Iterator[str]:
        """Yield all characters inside."""

    def iter(self, tag: str) -> "Iterator[Node]":
        """Yield this element and those below it that are called ``tag``."""

    def iterdescendants(self, tag: str) -> "Iterator[Node]":
        """Yield the elements below it that are called ``tag``."""

    def __iter__(self) -> "Iterator[Node]": ...

    def __reversed__(self) -> "Iterator[Node]": ...
