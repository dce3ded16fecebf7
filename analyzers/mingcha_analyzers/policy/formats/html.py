"""HTML: the text a reader sees, with its headings, lists, tables and conspicuous type.

The tree comes from lxml; how it is laid out as lines is decided here (``flow``). A page nested too deeply for the
parser loses its structure and keeps its words.
"""

import html as entities
import re
from dataclasses import replace

from mingcha_analyzers.policy.formats.lines import Lines
from mingcha_analyzers.policy.formats.node import Node
from mingcha_analyzers.policy.formats.plain import read_plain
from mingcha_analyzers.policy.formats.stylesheet import StyleSheet
from mingcha_analyzers.values import Limit

_UNSEEN = re.compile(
    r"<(script|style|template|noscript|head)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TELLING = 300
"""So many characters that nobody sees are worth a word."""
_FEW = 200
_MANY = 500


def read_html(text: str) -> Lines:
    """Return the visible text of a page as lines."""
    root = _parse(text)
    if root is None:
        return _without_structure(text)
    from mingcha_analyzers.policy.formats.flow import lay_out

    sheet = StyleSheet([each.text or "" for each in root.iter("style")])
    shown, hidden = lay_out(root, sheet, hide=True)
    if len(shown.text) < _FEW:  # Folded panels hold the whole policy until they are opened by script.
        unfolded, _ = lay_out(root, sheet, hide=False)
        if len(unfolded.text) > _MANY:
            return unfolded
    return replace(shown, limits=(Limit("hidden_text", "not_shown", str(hidden)),)) if hidden >= _TELLING else shown


def _parse(text: str) -> Node | None:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=False, remove_comments=True, remove_pis=True)
    data = _ILLEGAL.sub(" ", text).encode("utf-8")
    try:
        root: Node | None = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
    cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return None if cut else root


def _without_structure(text: str) -> Lines:
    body = _UNSEEN.sub("\n", text)
    return read_plain(entities.unescape(_TAG.sub("\n", body)))
