"""The saved comparison of two versions of a policy: what each is, and what changed between them."""

from dataclasses import dataclass

from mingcha.result import InputFile, Result, ToolInfo
from mingcha_analyzers.policy.values import Dates, DocumentRole
from mingcha_analyzers.values import Limit
from mingcha_rules.changes import Change, compare_policies

DIFF_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class VersionDocument:
    """One document of a version; ``id`` is the ``doc`` of the places of changes."""

    id: str
    role: DocumentRole
    path: str
    sha256: str
    language: str


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """One version of the policy; ``limits``: what of it was not read, so that its silence there proves nothing."""

    inputs: tuple[InputFile, ...]
    documents: tuple[VersionDocument, ...]
    title: str | None
    controller: str | None
    dates: Dates
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class ChangeSummary:
    """How many changes there are, by what became of it, and how many are grave."""

    added: int
    dropped: int
    changed: int
    grave: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that ``mingcha diff`` found out."""

    schema_version: str
    tool: ToolInfo
    old: PolicyVersion
    new: PolicyVersion
    changes: tuple[Change, ...]
    summary: ChangeSummary


def compare_results(old: Result, new: Result) -> Comparison:
    """Return what changed between the policies of two results; both have one."""
    assert old.policy is not None
    assert new.policy is not None
    changes = compare_policies(old.policy, new.policy)
    kinds = [change.kind.value for change in changes]
    grave = sum(change.grave for change in changes)
    summary = ChangeSummary(kinds.count("added"), kinds.count("dropped"), kinds.count("changed"), grave)
    return Comparison(DIFF_VERSION, new.tool, _version(old), _version(new), changes, summary)


def _version(result: Result) -> PolicyVersion:
    policy = result.policy
    assert policy is not None
    documents = tuple(
        VersionDocument(item.id, item.role, item.path, item.sha256, item.language) for item in policy.documents
    )
    return PolicyVersion(result.inputs, documents, policy.title, policy.controller, policy.dates, policy.limits)
