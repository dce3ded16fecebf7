"""Files to one policy: each is decoded and laid out, then the claims are drawn from all of them together."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mingcha_analyzers.policy.formats import read_file
from mingcha_analyzers.policy.formats.lines import Line
from mingcha_analyzers.policy.gathering import Gathered, gather
from mingcha_analyzers.policy.layering import lay_out
from mingcha_analyzers.policy.layout import Link, ReadDocument
from mingcha_analyzers.policy.roles import find_summary, find_title, tell_language, tell_role
from mingcha_analyzers.policy.subdocuments import find_missing
from mingcha_analyzers.policy.values import Document, DocumentRole, Policy
from mingcha_analyzers.values import Limit, SourceFile, SourceFolder
from mingcha_corpora.errors import UnreadableInputError

_FEW_LETTERS = 20


def read_policy(inputs: Sequence[SourceFile | SourceFolder]) -> Policy:
    """Return all inputs read as one policy; folders and archives hold documents that links connect.

    Raises:
        UnreadableInputError: a file is empty, binary, in an unknown encoding or without text.
        LimitExceededError: a file is larger than what is read.
    """
    from mingcha_analyzers.policy.claims import extract  # Loads the lexicons.

    gathered = gather(inputs)
    documents, unread = _read_gathered(gathered)
    extracted = extract(documents)
    main = next((read for read in documents if read.document.role is DocumentRole.MAIN), documents[0])
    return Policy(
        documents=tuple(read.document for read in documents),
        title=_title(main),
        controller=extracted.controller,
        dates=extracted.dates,
        sections=tuple(section for read in documents for section in read.sections),
        claims=extracted.claims,
        sdk_disclosures=extracted.sdk_disclosures,
        permissions=extracted.permissions,
        rights=extracted.rights,
        contacts=extracted.contacts,
        retention=extracted.retention,
        storage_region=extracted.storage_region,
        cross_border=extracted.cross_border,
        minors=extracted.minors,
        summary=find_summary(documents),
        contradictions=extracted.contradictions,
        limits=(
            *(limit for read in documents for limit in read.limits),
            *gathered.limits,
            *unread,
            *find_missing(documents, len(extracted.sdk_disclosures)),
        ),
    )


def read_documents(files: Sequence[SourceFile]) -> tuple[ReadDocument, ...]:
    """Return the documents of ``files`` in order; a file given twice is read once.

    Raises:
        UnreadableInputError: a file is empty, binary, in an unknown encoding or without text.
        LimitExceededError: a file is larger than what is read.
    """
    seen: dict[str, SourceFile] = {}
    for file in files:
        seen.setdefault(hashlib.sha256(file.data).hexdigest(), file)
    documents = [_read(file, sha256, f"doc{number}") for number, (sha256, file) in enumerate(seen.items(), 1)]
    return tuple(_with_main(documents))


def _read_gathered(gathered: Gathered) -> tuple[tuple[ReadDocument, ...], list[Limit]]:
    """Return the documents; a page inside an archive or folder that holds no text is said, unless all are such."""
    if not gathered.inner:
        return read_documents(gathered.files), []
    readable: list[SourceFile] = []
    unread: list[Limit] = []
    for file in gathered.files:
        try:
            open_document(file, "")
        except UnreadableInputError:
            if file.path not in gathered.inner or len(unread) + 1 == len(gathered.files):
                raise
            unread.append(Limit("sub_document", "not_readable", file.path))
        else:
            readable.append(file)
    return read_documents(readable), unread


class OpenDocument(NamedTuple):
    """A document as it was opened, not laid out yet."""

    document: Document
    lines: tuple[Line, ...]
    title: str | None
    limits: tuple[Limit, ...]
    links: tuple[Link, ...]


def open_document(file: SourceFile, sha256: str, name: str = "doc1") -> OpenDocument:
    """Return one document; its role is the one its title names.

    Raises:
        UnreadableInputError: the file is empty, binary, in an unknown encoding or without text.
        LimitExceededError: the file is larger than what is read.
    """
    lines = read_file(file)
    few = _FEW_LETTERS if lines.extracted else 1  # A page that scripts fill still names itself.
    if sum(char.isalpha() for char in lines.text) < few:
        raise UnreadableInputError("policy_no_text", path=file.path)
    language = tell_language(lines.text)
    title = find_title(lines.text, lines.lines, language)
    document = Document(
        id=name,
        role=tell_role(title, language),
        path=file.path,
        sha256=sha256,
        text_sha256=hashlib.sha256(lines.text.encode("utf-8", "surrogatepass")).hexdigest(),
        text=lines.text,
        language=language,
        pages=lines.pages,
        source_lines=lines.source_lines,
        marked=lines.marked,
    )
    return OpenDocument(document, lines.lines, title, lines.limits, lines.links)


def _read(file: SourceFile, sha256: str, name: str) -> ReadDocument:
    opened = open_document(file, sha256, name)
    limits = tuple(replace(limit, detail=f"{file.path} {limit.detail}".rstrip()) for limit in opened.limits)
    return replace(lay_out(opened.document, opened.lines), limits=limits, links=opened.links)


def _with_main(documents: list[ReadDocument]) -> list[ReadDocument]:
    """Make the longest document of no other role the main one where no title says so."""
    if any(read.document.role is DocumentRole.MAIN for read in documents):
        return documents
    others = [at for at, read in enumerate(documents) if read.document.role is DocumentRole.OTHER]
    if not others:
        return documents
    chosen = max(others, key=lambda at: (len(documents[at].document.text), -at))
    main = documents[chosen]
    documents[chosen] = replace(main, document=replace(main.document, role=DocumentRole.MAIN))
    return documents


def _title(read: ReadDocument) -> str | None:
    lines = [Line(block.start, block.end) for block in read.blocks[:20]]
    return find_title(read.document.text, lines, read.document.language)
