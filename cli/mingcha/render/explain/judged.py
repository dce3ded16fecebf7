"""What was judged of a policy: findings at their places in the text, template elements that are there."""

from collections.abc import Iterator, Mapping

from mingcha.render.citation import cite_all
from mingcha.render.explain.reading import Kind, Reading, Row
from mingcha.render.naming import MAX_VALUE, section_name, template_elements
from mingcha.render.numbering import number_findings
from mingcha.render.untrusted import visible
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Policy
from mingcha_corpora.template import load_template
from mingcha_rules.values import Assessment, Finding

MAX_WORDS = 600
MAX_PLACES = 50


def find_judged(assessment: Assessment, words: Phrases) -> Iterator[Reading]:
    """Yield the findings at each place that they rest on."""
    numbers = number_findings(assessment.findings)
    for finding in assessment.findings:
        title = finding_title(finding, numbers)
        rows = finding_rows(finding, words)
        for evidence in finding.policy_evidence[:MAX_PLACES]:
            yield Reading(Kind.FINDING, evidence.span, title, rows)


def finding_title(finding: Finding, numbers: Mapping[str, int]) -> str:
    """Return the number of a finding in the reports, and its rule."""
    return f"[{numbers[finding.fingerprint]}] {finding.rule_id}"


def finding_rows(finding: Finding, words: Phrases) -> tuple[Row, ...]:
    """Return what a finding says."""
    return (
        ("severity", words.judged("severities", finding.severity.value)),
        ("message", visible(finding.message.in_(words.lang), MAX_WORDS)),
        ("clause", cite_all(finding.clauses, words)),
        ("remedy", visible(finding.remedy.in_(words.lang), MAX_WORDS)),
    )


def find_elements(policy: Policy, words: Phrases) -> Iterator[Reading]:
    """Yield the template elements that the text shows."""
    known = template_elements()
    home = {element.id: section.id for section in load_template() for element in section.elements}
    for section in policy.sections:
        for element in section.elements:
            record = known.get(element.id)
            if element.span is None or record is None:
                continue
            rows: tuple[Row, ...] = (("belongs_to", section_name(home[element.id], words)),)
            if record.clause:  # Later additions to the template rest on none.
                rows += (("clause", cite_all((record.clause,), words)),)
            title = visible(record.zh if words.lang == "zh" else record.en, MAX_VALUE)
            yield Reading(Kind.ELEMENT, element.span, title, rows)
