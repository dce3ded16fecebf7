"""The words policies use for data items, and which of them are too ordinary to stand alone."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from mingcha_corpora.records import read_yaml
from mingcha_corpora.taxonomy import load_taxonomy

AMBIGUOUS = "lexicon/ambiguous.yaml"
EXTRA = "lexicon/extra_forms.yaml"
ENUMERATED = "lexicon/enumerated.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    """A surface form of a data item; an ``ambiguous`` one counts only near a verb of collection.

    ``enumerated``: the form is a deed (浏览) and data only beside others in an enumeration.
    """

    form: str
    item: str
    ambiguous: bool
    enumerated: bool = False


@cache
def load_terms(lang: Literal["zh", "en"]) -> tuple[Term, ...]:
    """Return the terms of ``lang``, sorted by form; each form belongs to one item.

    ``lexicon/extra_forms.yaml`` adds forms to those of the items and wins where both have one. Forms are kept as
    written: match English ones, and Latin ones within Chinese, without regard to case.
    """
    owner = {
        form: item.id
        for item in load_taxonomy().items.values()
        for form in (item.forms_zh if lang == "zh" else item.forms_en)
    }
    for item_id, forms in read_yaml(EXTRA)[lang].items():
        owner.update(dict.fromkeys(forms, item_id))
    deeds = {form: item_id for item_id, forms in read_yaml(ENUMERATED)[lang].items() for form in forms}
    owner.update(deeds)
    ordinary = {form.casefold() for form in (*read_yaml(AMBIGUOUS)[lang], *deeds)}
    return tuple(Term(form, owner[form], form.casefold() in ordinary, form in deeds) for form in sorted(owner))
