"""The report for code hosts: SARIF 2.1.0, one result a finding, each with a place in a file of the project."""

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from mingcha.result import InputRole, Result
from mingcha.words import Phrases
from mingcha_analyzers.app.values import Place
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.card import Card
from mingcha_rules.values import AppEvidence, Finding, PolicyEvidence, Severity, Suppression

SCHEMA_URI = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
FINGERPRINT = "mingchaFindingHash/v1"
MAX_LOCATIONS = 100  # More are shown by no host; the JSON report holds all.
MAX_RESULTS = 25_000
MAX_TEXT = 1000

Json = dict[str, Any]


def render_sarif(result: Result, lang: str, *, anchor: str | None = None, base: str = "") -> str:
    """Return the findings as SARIF.

    ``anchor``: the file that findings in code are shown at (default: the policy, else the package). ``base``: the
    folder that paths are made relative to, with forward slashes.
    """
    from mingcha_rules.card import load_cards

    findings = result.assessment.findings[:MAX_RESULTS]
    cards = load_cards()
    rule_ids = sorted({finding.rule_id for finding in findings})
    anchor_uri = file_uri(anchor if anchor is not None else _default_anchor(result), base)
    run = {
        "tool": {"driver": _driver(result, rule_ids, cards, lang)},
        "automationDetails": {"id": f"mingcha/{result.app.package_name if result.app else 'policy'}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rule_ids, result, lang, anchor_uri, base) for finding in findings],
        "properties": {"asOf": result.as_of, "knowledgeVersion": result.tool.knowledge_version},
    }
    log = {"$schema": SCHEMA_URI, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode("utf-8") + "\n"


def file_uri(path: str, base: str) -> str:
    """Return ``path`` as hosts want it: relative, forward slashes, percent-encoded, no drive and no ``..``."""
    plain = path.replace("\\", "/")
    prefix = base.replace("\\", "/").rstrip("/") + "/"
    if base and plain.startswith(prefix):
        plain = plain[len(prefix) :]
    parts = [part for part in PurePosixPath(plain).parts if part != "/" and not part.endswith(":")]
    outside = plain.startswith("/") or ".." in parts or plain[1:2] == ":"
    kept = parts[-1:] if outside else parts
    return quote("/".join(kept) or "unknown", safe="/")


def _default_anchor(result: Result) -> str:
    by_role = {file.role: file.path for file in reversed(result.inputs)}
    return by_role.get(InputRole.POLICY) or by_role.get(InputRole.APP) or "unknown"


def _driver(result: Result, rule_ids: Sequence[str], cards: Mapping[str, Card], lang: str) -> Json:
    return {
        "name": result.tool.name,
        "semanticVersion": result.tool.version,
        "version": f"{result.tool.version} ({result.tool.rules_version})",
        "rules": [_rule(rule_id, cards.get(rule_id), lang) for rule_id in rule_ids],
    }


def _rule(rule_id: str, card: Card | None, lang: str) -> Json:
    if card is None:  # A saved result of another version may name a rule that is no more.
        return {"id": rule_id, "shortDescription": {"text": rule_id}}
    clauses = [*card.clauses, *card.counterparts()]
    title, remedy = card.title.in_(lang), card.remedy.in_(lang)
    listed = "\n".join(f"- `{clause}`" for clause in clauses)
    return {
        "id": rule_id,
        "name": card.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": card.message.in_(lang)},
        "help": {"text": f"{remedy} ({', '.join(clauses)})", "markdown": f"{remedy}\n\n{listed}\n"},
        "defaultConfiguration": {"level": LEVELS[card.severity]},
        "properties": {"tags": ["privacy", *card.clauses[:9]], "problem.severity": LEVELS[card.severity]},
    }


def _result(finding: Finding, rule_ids: Sequence[str], result: Result, lang: str, anchor: str, base: str) -> Json:
    places = [_policy_location(evidence, result.policy, lang, base) for evidence in finding.policy_evidence]
    locations = places or [{"physicalLocation": {"artifactLocation": {"uri": anchor}, "region": {"startLine": 1}}}]
    locations[0] = locations[0] | _logical(finding.app_evidence)
    message = f"{finding.message.in_(lang)} {finding.remedy.in_(lang)}"
    entry = {
        "ruleId": finding.rule_id,
        "ruleIndex": rule_ids.index(finding.rule_id),
        "level": LEVELS[finding.severity],
        "message": {"text": message[:MAX_TEXT]},
        "locations": locations[:1],
        "relatedLocations": [
            {"id": number, **location} for number, location in enumerate(locations[1:MAX_LOCATIONS], 1)
        ],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.suppressed is not None:
        entry["suppressions"] = [_suppression(finding.suppressed)]
    return entry


def _properties(finding: Finding) -> Json:
    return {
        "owner": finding.owner,
        "subject": finding.subject,
        "confidence": finding.confidence,
        "clauses": list(finding.clauses),
        "counterparts": list(finding.counterparts),
        "responsible": list(finding.responsible),
        "dataItems": list(finding.data_items),
        "parts": [{"dataItem": part.data_item, "fingerprint": part.fingerprint} for part in finding.parts],
        "appEvidence": [
            {"kind": item.kind, "value": item.value, "file": item.file, "dex": item.place.dex if item.place else None}
            for item in finding.app_evidence[:MAX_LOCATIONS]
        ],
    }


def _suppression(suppressed: Suppression) -> Json:
    justification = suppressed.reason
    if suppressed.approver:
        justification += f" ({suppressed.approver})"
    return {"kind": "external", "status": "accepted", "justification": justification}


def _policy_location(evidence: PolicyEvidence, policy: Policy | None, lang: str, base: str) -> Json:
    """Return the place in the file; for PDF and DOCX the line is that of the text, which the JSON report holds."""
    documents = {document.id: document for document in policy.documents} if policy is not None else {}
    document = documents.get(evidence.span.doc)
    path = document.path if document is not None else evidence.span.doc
    region: Json = {"startLine": evidence.line}
    if document is not None and document.place(evidence.span.start) == (evidence.line, evidence.column):
        # The text is the file: the end can be counted. For HTML the line alone holds in the source.
        end_line, end_column = document.place(evidence.span.end)
        region |= {"startColumn": evidence.column, "endLine": end_line, "endColumn": end_column}
    region["snippet"] = {"text": evidence.quote[:MAX_TEXT]}
    location: Json = {"physicalLocation": {"artifactLocation": {"uri": file_uri(path, base)}, "region": region}}
    if evidence.page is not None:
        location |= {
            "message": {"text": Phrases(lang)("value.page", page=evidence.page)},
            "properties": {"page": evidence.page},
        }
    return location


def _logical(evidence: Sequence[AppEvidence]) -> Json:
    found = [_logical_location(item.place) for item in evidence if item.place is not None and item.place.class_]
    return {"logicalLocations": found[:MAX_LOCATIONS]} if found else {}


def _logical_location(place: Place) -> Json:
    """Return a class or method; no line and no offset, because hosts match alerts by this name."""
    name = (place.class_ or "").removeprefix("L").removesuffix(";").replace("/", ".")
    if place.method is None:
        return {"kind": "type", "fullyQualifiedName": name}
    return {"kind": "function", "fullyQualifiedName": f"{name}.{place.method}{place.descriptor or ''}"}
