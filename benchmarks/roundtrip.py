"""How far a policy reads the same in every format: each is written anew as HTML, DOCX, PDF and text of one line.

``python -m benchmarks.roundtrip FILE|FOLDER…`` prints, for each format, the share of claims, SDK rows and rights that
agree with the first reading (micro F1 over all files). The builders of the tests write the files: navigation, scripts
and hidden words around the HTML, running heads and page numbers on the PDF, tables with merged cells in all of them.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path

from mingcha_analyzers.policy.layout import Block, BlockKind, ReadDocument
from mingcha_analyzers.policy.reader import read_documents, read_policy
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import MingchaError

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from docx_files import paragraph, table, write_docx
from pdf_files import Typesetter, write_pdf

LEFT, ABOVE = "<", "^"
Piece = str | list[list[str]]
"""A paragraph, or the rows of a table; a cell ``<`` belongs to the one on its left, ``^`` to the one above."""


def pieces_of(read: ReadDocument) -> Iterator[tuple[BlockKind, Piece]]:
    """Yield the paragraphs and tables of a document, with the words of a heading and its line apart."""
    text = read.document.text
    rows: list[Block] = []
    for block in read.blocks:
        if rows and (block.kind is not BlockKind.TABLE_ROW or block.table != rows[0].table):
            yield BlockKind.TABLE_ROW, _rows(text, rows)
            rows = []
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(block)
        else:
            yield block.kind, " ".join(text[block.start : block.end].split())
    if rows:
        yield BlockKind.TABLE_ROW, _rows(text, rows)


def _rows(text: str, blocks: Sequence[Block]) -> list[list[str]]:
    width = max(len(block.cells) for block in blocks)
    made: list[list[str]] = []
    before: tuple[tuple[int, int], ...] = ()
    for block in blocks:
        row = []
        for at in range(width):
            place = block.cells[at] if at < len(block.cells) else (0, 0)
            if at and at < len(block.cells) and place == block.cells[at - 1] and place[0] < place[1]:
                row.append(LEFT)
            elif at < len(before) and place == before[at] and place[0] < place[1]:
                row.append(ABOVE)
            else:
                row.append(" ".join(text[place[0] : place[1]].split()))
        made.append(row)
        before = block.cells
    return made


def as_html(pieces: Sequence[tuple[BlockKind, Piece]]) -> bytes:
    """Return a page with navigation, scripts, hidden words and tables with merged cells."""
    body = "".join(_html_piece(kind, piece) for kind, piece in pieces)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title><style>.off{display:none}</style>"
        "<script>var a = '<p>我们收集您的指纹</p>';</script></head><body>"
        "<nav><a href='/'>首页</a> <a href='/b'>关于</a></nav>"
        f"<div class='off'>我们会收集您的通讯录，用于广告。</div><div id='main'>{body}</div>"
        "<div class='footer'><a href='/x'>联系我们</a></div><script>x()</script></body></html>"
    ).encode("utf-8", "replace")


def _html_piece(kind: BlockKind, piece: Piece) -> str:
    if isinstance(piece, str):
        tag = {BlockKind.HEADING: "h2", BlockKind.LIST_ITEM: "li"}.get(kind, "p")
        return f"<{tag}>{escape(piece)}</{tag}>\n"
    rows = []
    for at, row in enumerate(piece):
        cells = [
            f"<td colspan={_span(row, column)} rowspan={_fall(piece, at, column)}>{escape(cell)}</td>"
            for column, cell in enumerate(row)
            if cell not in (LEFT, ABOVE)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>\n")
    return f"<table>{''.join(rows)}</table>"


def _span(row: Sequence[str], column: int) -> int:
    span = 1
    while column + span < len(row) and row[column + span] == LEFT:
        span += 1
    return span


def _fall(rows: Sequence[Sequence[str]], at: int, column: int) -> int:
    fall = 1
    while at + fall < len(rows) and rows[at + fall][column] == ABOVE:
        fall += 1
    return fall


def as_docx(pieces: Sequence[tuple[BlockKind, Piece]]) -> bytes:
    """Return a DOCX file with headings by style and tables with merged cells."""
    body = ""
    for kind, piece in pieces:
        if isinstance(piece, str):
            body += paragraph(_plain(piece), style="1" if kind is BlockKind.HEADING else "")
        else:
            body += table([[_plain(cell) for cell in row] for row in piece])
    return write_docx(body)


def _plain(words: str) -> str:
    """Return words that the builder does not take for markup and XML can hold."""
    held = "".join(char for char in words if char >= " " and char not in "\ufffe\uffff")
    return held if held in (LEFT, ABOVE) else held.replace("<", "〈")


def as_pdf(pieces: Sequence[tuple[BlockKind, Piece]]) -> bytes:
    """Return a PDF file with a running head, page numbers and ruled tables that go on over pages."""
    setter = Typesetter(left=60, right=535, header="隐私政策文本　内部流转")
    for kind, piece in pieces:
        if isinstance(piece, str):
            heading = kind is BlockKind.HEADING
            setter.paragraph(piece, size=13 if heading else None, bold=heading, indent=0 if heading else 2)
        else:
            setter.size = 10.5 if len(piece[0]) <= 4 else 5.5
            setter.table(piece)
            setter.size = 10.5
    return write_pdf(setter.pages, mapped=True)


def as_line(pieces: Sequence[tuple[BlockKind, Piece]]) -> bytes:
    """Return all words on one line, as texts taken from an app's screen are."""
    words = []
    for _, piece in pieces:
        cells = (
            [piece] if isinstance(piece, str) else [cell for row in piece for cell in row if cell not in (LEFT, ABOVE)]
        )
        words += cells
    return " ".join(words).encode("utf-8", "replace")


FORMATS: dict[str, tuple[str, Callable[[Sequence[tuple[BlockKind, Piece]]], bytes]]] = {
    "HTML": ("p.html", as_html),
    "DOCX": ("p.docx", as_docx),
    "PDF": ("p.pdf", as_pdf),
    "one line": ("p.txt", as_line),
}
Facts = dict[str, Counter[tuple[object, ...]]]


def facts_of(policy: Policy) -> Facts:
    """Return what is compared, blanks aside."""
    return {
        "claims": Counter((each.action, each.polarity, tuple(sorted(each.data_items))) for each in policy.claims),
        "SDK rows": Counter(
            (_folded(each.name), each.sdk, tuple(sorted(each.data_items))) for each in policy.sdk_disclosures
        ),
        "rights": Counter((each.kind, each.mechanism, _folded(each.path or "")) for each in policy.rights),
    }


def _folded(words: str) -> str:
    return "".join(words.split()).casefold()


def compare(files: Sequence[Path], *, verbose: bool) -> dict[tuple[str, str], list[int]]:
    """Return for each format and kind of fact: how many agree, stand in the first reading, and in the second."""
    totals: dict[tuple[str, str], list[int]] = {}
    for file in files:
        try:
            (read,) = read_documents([SourceFile(file.name, file.read_bytes())])
        except MingchaError:
            continue
        first = facts_of(read_policy([SourceFile(file.name, file.read_bytes())]))
        pieces = list(pieces_of(read))
        for name, (path, write) in FORMATS.items():
            second = facts_of(read_policy([SourceFile(path, write(pieces))]))
            for kind, found in first.items():
                same = (found & second[kind]).total()
                row = totals.setdefault((name, kind), [0, 0, 0])
                for at, count in enumerate((same, found.total(), second[kind].total())):
                    row[at] += count
                if verbose and (found - second[kind] or second[kind] - found):
                    print(file.name, name, kind, same, found.total(), second[kind].total(), file=sys.stderr)
    return totals


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("-v", "--verbose", action="store_true")
    args = parser.parse_args()
    files = [file for path in args.paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    kept = [file for file in files if file.suffix in (".txt", ".html", ".htm", ".md", ".pdf", ".docx")]
    print("| format | facts | first | again | agree |\n| --- | --- | --- | --- | --- |")
    for (name, kind), (same, first, second) in compare(kept, verbose=args.verbose).items():
        agree = 2 * same / (first + second) if first + second else 1.0
        print(f"| {name} | {kind} | {first} | {second} | {agree:.3f} |")


if __name__ == "__main__":
    main()
