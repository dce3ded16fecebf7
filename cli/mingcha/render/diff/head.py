"""What stands before the changes: which two versions were compared, what of them was not read, and the counts."""

from mingcha.comparison import Comparison, PolicyVersion
from mingcha.exit_status import NOT_YET
from mingcha.render.naming import MAX_VALUE
from mingcha.render.untrusted import visible
from mingcha.words import Phrases

MAX_DOCUMENTS = 20
MAX_LIMITS = 10


def version_lines(version: PolicyVersion, words: Phrases) -> list[str]:
    """Return what one version is: title, dates, documents, and what of it was not read."""
    facts = [visible(version.title, MAX_VALUE)] if version.title else []
    if version.dates.updated:
        facts.append(words("value.updated", date=version.dates.updated))
    if version.dates.effective:
        facts.append(words("value.effective", date=version.dates.effective))
    lines = ["　".join(facts) if words.lang == "zh" else "; ".join(facts)] if facts else []
    for document in version.documents[:MAX_DOCUMENTS]:
        role = words.or_key("role", document.role.value)
        path, digest = visible(document.path, MAX_VALUE), document.sha256[:16] + "…"
        lines.append(words("diff.document", path=path, role=role, sha256=digest))
    if len(version.documents) > MAX_DOCUMENTS:
        lines.append(words("value.more_items", count=len(version.documents)))
    return lines


def unread_lines(version: PolicyVersion, words: Phrases) -> list[str]:
    """Return what of one version was not read; what is missing from the comparison there may not be missing."""
    limits = [limit for limit in version.limits if limit.reason != NOT_YET]
    return [
        f"{words.or_key('stage', limit.stage)}: {words.judged('not_analysed', limit.reason)} "
        f"{visible(limit.detail, MAX_VALUE)}".rstrip()
        for limit in limits[:MAX_LIMITS]
    ]


def count_line(comparison: Comparison, words: Phrases) -> str:
    """Return how many changes there are."""
    found = comparison.summary
    return words("diff.counts", added=found.added, dropped=found.dropped, changed=found.changed, grave=found.grave)
