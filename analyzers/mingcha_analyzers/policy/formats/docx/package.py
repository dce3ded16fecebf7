"""The parts of a DOCX file: a ZIP archive of XML, opened within bounds and parsed without entities or network."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from mingcha_analyzers.policy.formats.zipped import ZIP_FAULTS
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import LimitExceededError, UnreadableInputError

MAX_PART = 48 << 20
"""Bytes of one part; a policy of a thousand pages has some ten million."""
_MAX_ENTRIES = 4000

Element = Any
"""An element of lxml, which comes without types."""


class Package:
    """An open DOCX file."""

    def __init__(self, file: SourceFile) -> None:
        """Open ``file``.

        Raises:
            UnreadableInputError: it is no sound archive.
            LimitExceededError: it has too many entries.
        """
        self.path = file.path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(file.data))
        except ZIP_FAULTS:
            raise UnreadableInputError("policy_docx_damaged", path=file.path) from None
        names = self._archive.namelist()
        if len(names) > _MAX_ENTRIES:
            raise LimitExceededError("limit_entries", path=file.path, limit=str(_MAX_ENTRIES))
        # Some writers part folders by backslashes.
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in names}

    def has(self, part: str) -> bool:
        """Tell whether the file holds a part."""
        return part.lower() in self._names

    def parse(self, part: str) -> Element | None:
        """Return the root element of a part, null if the file has none of that name.

        Raises:
            UnreadableInputError: the part is damaged.
            LimitExceededError: it is larger than what is read.
        """
        name = self._names.get(part.lower())
        if name is None:
            return None
        from lxml import etree  # type: ignore[import-untyped]

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(self._read(name), parser)
        except (etree.LxmlError, ValueError):
            raise UnreadableInputError("policy_docx_damaged", path=self.path) from None

    def _read(self, name: str) -> bytes:
        try:
            with self._archive.open(name) as entry:
                data = entry.read(MAX_PART + 1)
        except ZIP_FAULTS:
            raise UnreadableInputError("policy_docx_damaged", path=self.path) from None
        if len(data) > MAX_PART:
            raise LimitExceededError("limit_part", path=self.path, part=name, limit=f"{MAX_PART >> 20} MB")
        return data

    def links(self, part: str) -> dict[str, str]:
        """Return the targets of a part's relationships by id."""
        folder, _, name = part.rpartition("/")
        root = self.parse(f"{folder}/_rels/{name}.rels".lstrip("/"))
        if root is None:
            return {}
        return {each.get("Id", ""): each.get("Target", "") for each in root if isinstance(each.tag, str)}


def local(element: Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of that name."""
    if element is not None:
        for each in element:
            if local(each) == name:
                yield each


def child(element: Element | None, *names: str) -> Element | None:
    """Return the element that a path of names leads to, null if it ends before."""
    for name in names:
        element = next(children(element, name), None)
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute, whatever namespace it is in."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), None)


def flag(element: Element | None) -> bool | None:
    """Return an on/off property: an element without value is on, no element says nothing."""
    if element is None:
        return None
    return value(element) not in ("0", "false", "off", "none")


def number(text: str | None) -> int | None:
    """Return a whole number as written, null if it is none or absurd."""
    if text is None or not text.strip().lstrip("-").isdecimal() or len(text) > 9:
        return None
    return int(text)
