"""The readings of a section as a list below it; the panel beside the text shows the same entries."""

from collections.abc import Sequence

from mingcha.render.explain.reading import Kind, Reading
from mingcha.render.web.markup import Html, element, text_html
from mingcha.words import Phrases

Entry = tuple[int, int, str, Reading]
"""A reading with its number, the number that its mark goes by, and its place in words."""


def render_notes(readings: Sequence[Entry], words: Phrases) -> Html:
    """Return the entries of a section; those on elements are a list of their own."""
    elements = [entry for entry in readings if entry[3].kind is Kind.ELEMENT]
    others = [entry for entry in readings if entry[3].kind is not Kind.ELEMENT]
    return _list(others, "explain.notes", "notes", words) + _list(elements, "explain.elements", "notes elements", words)


def _list(readings: Sequence[Entry], key: str, class_: str, words: Phrases) -> Html:
    if not readings:
        return ""
    head = element("summary", text_html(words(key, count=len(readings))))
    entries = (_note(entry, words) for entry in readings)
    return element("details", head, element("ol", *entries), class_=class_)


def _note(entry: Entry, words: Phrases) -> Html:
    number, mark, place, reading = entry
    letter = element("span", text_html(words(f"letter.{reading.kind}")), class_=f"sign {reading.kind}")
    title = element("a", text_html(reading.title), href=f"#m{mark}")
    where = element("span", text_html(place), class_="place")
    rows = "".join(
        f"<dt>{text_html(words(f'row.{label}'))}</dt><dd>{text_html(value)}</dd>" for label, value in reading.rows
    )
    return element("li", letter, title, where, f"<dl>{rows}</dl>", id=f"r{number}", class_=f"note {reading.kind}")
