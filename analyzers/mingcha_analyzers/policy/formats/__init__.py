"""The formats a policy comes in; each module turns a file or its text into lines that can be read."""

import re

from mingcha_analyzers.policy.encoding import decode
from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.values import SourceFile

_HTML_CONTENT = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"</?(?:p|div|span|h[1-6]|br|strong|table|tr|td|li|ul|ol|section|font)\b[^<>]{0,300}>", re.IGNORECASE
)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} +\S|^\|.*\|[ \t]*$|\*\*[^*\n]+\*\*|^ {0,3}(?:[-*+]|\d+\.) +\*\*|\]\(https?://", re.MULTILINE
)
_HEAD = 200_000


_PDF_HEAD = 1024
"""Readers of PDF files open those whose first bytes are something else, too."""


def read_file(file: SourceFile) -> Lines:
    """Return the visible text of a file with its lines; the format is told by content.

    Raises:
        UnreadableInputError: the file is empty, binary, encrypted, damaged, or in an unknown encoding.
        LimitExceededError: the file is larger than what is read.
    """
    if b"%PDF-" in file.data[:_PDF_HEAD]:
        from mingcha_analyzers.policy.formats import pdf

        return pdf.read_pdf(file)
    if is_docx(file.data):
        from mingcha_analyzers.policy.formats import docx

        return docx.read_docx(file)
    return read_lines(decode(file), file.path)


def is_docx(data: bytes) -> bool:
    """Tell whether the bytes are a ZIP archive with the parts of a Word document."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    # Names stand in clear beside each entry and in the directory at the end.
    return b"word/document" in data or b"word\\document" in data


def read_lines(text: str, path: str) -> Lines:
    """Return the visible text with its lines; the format is told by content first, then by the suffix of ``path``."""
    kind = _tell(text, path.lower())
    if kind == "html":
        from mingcha_analyzers.policy.formats import html

        return html.read_html(text)
    if kind == "markdown":
        from mingcha_analyzers.policy.formats import markdown

        return markdown.read_markdown(text)
    from mingcha_analyzers.policy.formats import plain

    return plain.read_plain(text)


def _tell(text: str, path: str) -> str:
    head = text[:_HEAD]
    markdown = path.endswith((".md", ".markdown", ".mdown"))
    if _HTML_CONTENT.search(head[:2000]) and not markdown:
        return "html"
    if markdown:
        return "markdown"
    tags = sum(1 for _ in _HTML_TAG.finditer(head))
    if tags >= 5 and tags * 200 > len(head):
        return "html"
    if path.endswith((".html", ".htm", ".xhtml")):
        return "html" if tags else "plain"
    return "markdown" if sum(1 for _ in _MARKDOWN.finditer(head)) >= 5 else "plain"
