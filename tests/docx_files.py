"""Writes small DOCX files from words of our own, for tests and benchmarks."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
    '<w:rPr><w:sz w:val="21"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
)


def run(words: str, properties: str = "") -> str:
    """Return a run; ``properties`` are elements of ``w:rPr``."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", numbered: tuple[int, int] | None = None) -> str:
    """Return a paragraph of runs (or of plain words); ``numbered``: list and level."""
    body = "".join(each if each.startswith("<") else run(each) for each in runs)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbered is not None:
        properties += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{body}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table; a cell ``<`` belongs to the one on its left, ``^`` to the one above."""
    made = ""
    for at, row in enumerate(rows):
        made += "<w:tr>"
        for column, cell in enumerate(row):
            if cell == "<":
                continue
            span = 1
            while column + span < len(row) and row[column + span] == "<":
                span += 1
            below = at + 1 < len(rows) and rows[at + 1][column] == "^"
            merge = "<w:vMerge/>" if cell == "^" else '<w:vMerge w:val="restart"/>' if below else ""
            body = cell if cell.startswith("<w:") else paragraph("" if cell == "^" else cell)
            made += f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merge}</w:tcPr>{body}</w:tc>'
        made += "</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def numbering(*lists: Sequence[tuple[str, str]]) -> str:
    """Return the part of the numbering: for each list the spelling and text of its levels (``("decimal", "%1.")``)."""
    made = uses = ""
    for key, levels in enumerate(lists, 1):
        inner = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for at, (style, text) in enumerate(levels)
        )
        made += f'<w:abstractNum w:abstractNumId="{key}">{inner}</w:abstractNum>'
        uses += f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'
    return f'<w:numbering xmlns:w="{SPACE}">{made}{uses}</w:numbering>'


def write_docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a DOCX file with that body; ``parts`` are further parts by name below ``word/``."""
    main = f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>'
    held = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": main,
        "word/styles.xml": f'<w:styles xmlns:w="{SPACE}">{STYLES}</w:styles>',
        **{f"word/{name}": text for name, text in (parts or {}).items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in held.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return buffer.getvalue()
