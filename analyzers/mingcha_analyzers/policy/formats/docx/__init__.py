"""DOCX: paragraphs with their computed numbers, headings, tables, text boxes, notes and conspicuous type."""

import posixpath
from collections.abc import Mapping
from dataclasses import replace

from mingcha_analyzers.policy.formats.docx.body import BodyWriter
from mingcha_analyzers.policy.formats.docx.numbering import Numbering
from mingcha_analyzers.policy.formats.docx.package import Element, Package, child, local, value
from mingcha_analyzers.policy.formats.docx.styles import Styles
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.layout import Link
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError

_LONGEST = 120
_DOCUMENT = "word/document.xml"


def read_docx(file: SourceFile) -> Lines:
    """Return the text of a DOCX file with its lines.

    Raises:
        UnreadableInputError: it is damaged.
        LimitExceededError: a part of it is larger than what is read.
    """
    package = Package(file)
    part = _main_part(package)
    body = child(package.parse(part), "body")
    if body is None:
        raise UnreadableInputError("policy_docx_damaged", path=file.path)
    folder = part.rpartition("/")[0]
    writer = BodyWriter(
        Styles(package.parse(f"{folder}/styles.xml")),
        Numbering(package.parse(f"{folder}/numbering.xml")),
        {**_notes(package, folder, "footnote"), **_notes(package, folder, "endnote")},
    )
    writer.write(body)
    links = _links(body, package.links(part))
    return replace(writer.sheet.finish(), source_lines=(), limits=tuple(writer.limits), links=links)


def _main_part(package: Package) -> str:
    for target in package.links("").values():
        part = posixpath.normpath(target.lstrip("/"))
        if part.endswith(("document.xml", "document2.xml")) and package.has(part):
            return part
    return _DOCUMENT


def _links(body: Element, targets: Mapping[str, str]) -> tuple[Link, ...]:
    found = []
    for each in body.iter():
        if local(each) == "hyperlink" and (target := targets.get(value(each, "id") or "")):
            words = "".join(piece.text or "" for piece in each.iter() if local(piece) == "t")
            found.append(Link(" ".join(words.split())[:_LONGEST], target[: 4 * _LONGEST]))
    return tuple(found)


def _notes(package: Package, folder: str, kind: str) -> dict[str, Element]:
    """Return the notes by kind and id; separators are no notes."""
    root = package.parse(f"{folder}/{kind}s.xml")
    if root is None:
        return {}
    return {
        f"{kind}:{value(each, 'id')}": each
        for each in root
        if local(each) == kind and value(each, "type") in (None, "normal")
    }
