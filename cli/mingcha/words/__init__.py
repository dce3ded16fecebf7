"""The words of reports in Chinese and English, kept as data beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@cache
def report_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of reports: key → language → text."""
    return _read("report.yaml")


@cache
def page_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words that pages and comparisons have beside those of reports; most runs do without."""
    return _read("pages.yaml")


def _read(name: str) -> Mapping[str, Mapping[str, str]]:
    import yaml  # Only reports need it; help must not load it.

    text = files(__name__).joinpath(name).read_text("utf-8")
    words: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return words


def _find(key: str) -> Mapping[str, str] | None:
    return report_words().get(key) or page_words().get(key)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Looks words up in one language."""

    lang: str

    def __call__(self, key: str, **params: object) -> str:
        """Return the words under ``key``, filled in."""
        entry = _find(key)
        if entry is None:
            raise KeyError(key)
        return entry[self.lang].format(**params)

    def or_key(self, group: str, name: str) -> str:
        """Return the words under ``group.name``; a name without words stands for itself."""
        entry = _find(f"{group}.{name}")
        return name if entry is None else entry[self.lang]

    def judged(self, table: str, key: str) -> str:
        """Return a word of judgement (``verdicts``, ``reasons``, ``severities`` …) that the rules own."""
        from mingcha_rules.words import load_words

        words = load_words(table).get(key)
        return key if words is None else words.in_(self.lang)
