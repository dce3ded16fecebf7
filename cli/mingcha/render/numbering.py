"""The order and the numbers findings bear in a report: by severity, findings of one rule together."""

from collections.abc import Iterable, Mapping, Sequence

from mingcha_rules.values import Finding, Severity

Shared = tuple[str, tuple[str, ...], tuple[str, ...], str]


def group_findings(findings: Sequence[Finding], severity: Severity) -> list[list[Finding]]:
    """Return the findings of one severity, those that say the same of other subjects in one group."""
    groups: dict[Shared, list[Finding]] = {}
    for finding in findings:
        if finding.severity is severity:
            key = (finding.rule_id, finding.clauses, finding.counterparts, finding.remedy.zh)
            groups.setdefault(key, []).append(finding)
    return list(groups.values())


def number_findings(findings: Sequence[Finding]) -> Mapping[str, int]:
    """Return the number of each finding in the report, by fingerprint."""
    ordered = [item for severity in Severity for group in group_findings(findings, severity) for item in group]
    return {finding.fingerprint: number for number, finding in enumerate(ordered, 1)}


def reference_words(numbers: Iterable[int]) -> str:
    """Return numbers as a reader's references: ``[1-4, 7]``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"[{', '.join(shown)}]" if shown else ""
