"""PDF: the text layer in reading order, with its paragraphs, tables, headings, conspicuous type and pages."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.formats.pdf.columns import widened
from mingcha_analyzers.policy.formats.pdf.margins import without_margins
from mingcha_analyzers.policy.formats.pdf.opening import MAX_PAGES, PdfFile
from mingcha_analyzers.policy.formats.pdf.pages import order, settled
from mingcha_analyzers.policy.formats.pdf.values import Piece, Sheaf, TextLine
from mingcha_analyzers.policy.formats.pdf.writing import Writer
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

_UNREADABLE, _FLAWED = 0.3, 0.02
"""Shares of unknown characters from which a page is not read at all, and from which it is said."""
_MAX_NAMED = 12


def read_pdf(file: SourceFile) -> Lines:
    """Return the text of a PDF file with its lines and the places where its pages begin.

    Raises:
        UnreadableInputError: encrypted, damaged, or without a text layer.
    """
    pdf = PdfFile(file)
    try:
        sheaves = list(pdf.sheaves())
    finally:
        pdf.close()
    limits = [*_unread(sheaves), *_left_out(pdf.pages, len(sheaves))]
    readable = [replace(sheaf, runs=()) if _unknown_share(sheaf) > _UNREADABLE else sheaf for sheaf in sheaves]
    if not any(sheaf.runs for sheaf in readable):
        raise _nothing_read(file, limits)
    kept = without_margins(readable)
    pages = widened(settled([order(runs, sheaf.rules) for sheaf, runs in zip(readable, kept, strict=True)]))
    writer = Writer(*_sizes(pages))
    for page in pages:
        writer.write_page(page)
    return replace(writer.finish(), limits=tuple(limits))


def _unknown_share(sheaf: Sheaf) -> float:
    return sheaf.unknown / max(1, sheaf.unknown + sum(len(run.text) for run in sheaf.runs))


def _unread(sheaves: Sequence[Sheaf]) -> Iterator[Limit]:
    scanned = [sheaf.number for sheaf in sheaves if sheaf.pictured and not sheaf.runs and not sheaf.unknown]
    if scanned:
        yield Limit("policy_pages", "no_text_layer", name_pages(scanned))
    unclear = [sheaf.number for sheaf in sheaves if _unknown_share(sheaf) > _FLAWED]
    if unclear:
        yield Limit("policy_pages", "characters_unknown", name_pages(unclear))


def _left_out(pages: int, read: int) -> Iterator[Limit]:
    if read < pages:
        reason = "too_many_pages" if read == MAX_PAGES else "too_much_text"
        yield Limit("policy_pages", reason, f"{read + 1}–{pages}")


def _nothing_read(file: SourceFile, limits: Sequence[Limit]) -> UnreadableInputError:
    for limit in limits:
        if limit.reason in ("no_text_layer", "characters_unknown"):
            return UnreadableInputError(f"policy_pdf_{limit.reason}", path=file.path, pages=limit.detail)
    return UnreadableInputError("policy_no_text", path=file.path)


def name_pages(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: ``1–3, 7``."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    named = [str(first) if first == last else f"{first}–{last}" for first, last in spans[:_MAX_NAMED]]
    return ", ".join(named) + (" …" if len(spans) > _MAX_NAMED else "")


def _sizes(pages: Sequence[Sequence[Piece]]) -> tuple[float, list[float]]:
    """Return the size of type that most of the running text has, and the larger sizes, the largest first."""
    sizes: Counter[float] = Counter()
    for piece in (piece for page in pages for piece in page):
        if isinstance(piece, TextLine):
            for run in piece.segment.runs:
                sizes[run.size] += len(run.text)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    return body, sorted((size for size in sizes if size > body), reverse=True)
