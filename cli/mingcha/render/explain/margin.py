"""What stands beside and between the sections: their type, elements they lack, sections that are missing."""

from collections.abc import Mapping, Sequence

from mingcha.render.explain.lacking import Lacking, Missing
from mingcha.render.naming import section_name
from mingcha.render.untrusted import visible
from mingcha.render.web.markup import Html, element, text_html
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Section, SectionType
from mingcha_rules.values import Finding

MAX_TOLD = 40


def render_margin(section: Section, lacking: Sequence[Lacking], numbers: Mapping[str, int], words: Phrases) -> Html:
    """Return the type of a section and the elements that it should hold and the policy lacks."""
    parts = [_type(each, words) for each in section.types] or [_untyped(section, words)]
    for item in lacking:
        if not item.whole:
            head = text_html(words("explain.lacks_elements", count=len(item.elements)))
            parts.append(element("p", element("b", head), _elements(item, numbers, words), class_="lacking"))
    return element("aside", *parts, class_="margin", aria_label=words("explain.margin"))


def _type(found: SectionType, words: Phrases) -> Html:
    name = element("p", text_html(section_name(found.type, words)), class_="type")
    told = visible(found.words or "", MAX_TOLD)
    why = words(f"typed.{found.by.value}")
    return name + element("p", text_html(words("explain.told", why=why, words=told) if told else why), class_="why")


def _untyped(section: Section, words: Phrases) -> Html:
    return element("p", text_html(section_name(section.type, words)), class_="type untyped")


def render_gaps(lacking: Sequence[Lacking], numbers: Mapping[str, int], words: Phrases) -> Html:
    """Return a line for each section of the template that the policy does not have, to stand where it would."""
    return "".join(_gap(item, numbers, words) for item in lacking if item.whole)


def _gap(item: Lacking, numbers: Mapping[str, int], words: Phrases) -> Html:
    head = element("b", text_html(words("explain.lacks_section", title=section_name(item.section.id, words))))
    told = _told(item.findings, numbers)
    return element("p", head, told, _elements(item, numbers, words), class_="gap lacking", role="note")


def _elements(item: Lacking, numbers: Mapping[str, int], words: Phrases) -> Html:
    separator = "、" if words.lang == "zh" else ", "
    return separator.join(_missing(each, numbers, words) for each in item.elements)


def _missing(missing: Missing, numbers: Mapping[str, int], words: Phrases) -> Html:
    name = text_html(missing.name_zh if words.lang == "zh" else missing.name_en)
    return element("span", name, _told(missing.findings, numbers), class_="must" if missing.mandatory else "may")


def _told(findings: Sequence[Finding], numbers: Mapping[str, int]) -> Html:
    links = (
        element("a", text_html(f"[{number}]"), href=f"#f{number}", title=finding.rule_id)
        for finding in findings
        for number in [numbers[finding.fingerprint]]
    )
    return element("sup", *links, class_="told") if findings else ""
