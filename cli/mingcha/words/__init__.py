"""The words of reports in Chinese and English, kept as data beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@cache
def report_words() -> Mapping[str, Mapping[str, str]]:
    """Return the words of reports: key → language → text."""
    import yaml  # Only reports need it; help must not load it.

    text = files(__name__).joinpath("report.yaml").read_text("utf-8")
    words: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return words


@dataclass(frozen=True, slots=True)
class Phrases:
    """Looks words up in one language."""

    lang: str

    def __call__(self, key: str, **params: object) -> str:
        """Return the words under ``key``, filled in."""
        return report_words()[key][self.lang].format(**params)

    def or_key(self, group: str, name: str) -> str:
        """Return the words under ``group.name``; a name without words stands for itself."""
        entry = report_words().get(f"{group}.{name}")
        return name if entry is None else entry[self.lang]

    def judged(self, table: str, key: str) -> str:
        """Return a word of judgement (``verdicts``, ``reasons``, ``severities`` …) that the rules own."""
        from mingcha_rules.words import load_words

        words = load_words(table).get(key)
        return key if words is None else words.in_(self.lang)
