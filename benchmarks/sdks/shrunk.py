"""Archives shrunk and renamed, and what is named when their own or only another version of them was learnt."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.sdks.archives import MissingError
from benchmarks.sdks.building import Code, Shrinking, shrink_archives
from benchmarks.sdks.cases import Case, Missing, classes_of, make_case, read_real
from benchmarks.sdks.evaluating import Outcome, collectors, evaluate
from benchmarks.sdks.recipes import Archive, load_recipes
from benchmarks.sdks.tools import Batch
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import EvidenceKind
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.fingerprints import Fingerprint, Members, format_fingerprint, load_fingerprints
from mingcha_corpora.sdks import RecordFile, lay_over

TABLE = Path(__file__).with_name("shrunk.yaml")
# With fewer classes left an SDK is no more than a trace: naming it is neither right nor wrong.
LEAST_CLASSES = 5


class Learnt(StrEnum):
    """Which versions the fingerprints of the tested SDK are of."""

    SAME = "its own version among them"
    OTHERS = "all versions but its own"
    PAIR = "one other version alone"


@dataclass(frozen=True, slots=True)
class Target:
    """An archive that is shrunk, and its pair: another version, if there is one."""

    archive: Archive
    pair: Archive | None


def load_targets() -> tuple[Target, ...]:
    """Return the archives to shrink."""
    rows: Mapping[str, Any] = yaml.safe_load(TABLE.read_text("utf-8"))
    archives = {each.id: each for each in load_recipes()}
    pairs = [pair for left, right in rows["pairs"] for pair in ((left, right), (right, left))]
    targets = [Target(archives[one], archives[other]) for one, other in pairs]
    return (*targets, *(Target(archives[name], None) for name in rows["alone"]))


def shrink_target(batch: Batch, target: Target, how: Shrinking) -> Case | Missing:
    """Return the package of an archive that was shrunk and renamed; nothing of it but code is in the package."""
    archive = target.archive
    try:
        code = shrink_archives(batch, [archive], how)
    except MissingError as error:
        return Missing(f"{archive.id} ({how})", str(error))
    case = make_case(f"{archive.id} ({how})", [archive], [code], (), with_files=False)
    inside, traces = _owners_left(archive, code)
    return Case(case.name, case.data, inside, traces, case.owner_of)


def _owners_left(archive: Archive, code: Code) -> tuple[frozenset[str], frozenset[str]]:
    """Return the records with enough classes left, and those with fewer."""
    known = classes_of(archive)
    owners = (archive.owner_of(old) for old in code.former_names.values() if old in known)
    counts = Counter(owner for owner in owners if owner is not None)
    inside = frozenset(owner for owner, count in counts.items() if count >= LEAST_CLASSES)
    return inside, frozenset(counts) - inside


def learn(target: Target, learnt: Learnt) -> None:
    """Have the tool know, of the fingerprints shipped, those of the versions that are meant.

    What many SDKs share was counted with all versions; only which of them are known is changed here.
    """
    lay_over(() if learnt is Learnt.SAME else tuple(_layers(target, learnt)))


def _layers(target: Target, learnt: Learnt) -> Iterator[RecordFile]:
    lay_over(())
    for fingerprint in load_fingerprints():
        hashes = [version.sha256 for version in fingerprint.versions]
        if target.archive.sha256 not in hashes:
            continue
        kept = [number for number, each in enumerate(hashes) if _is_kept(each, target, learnt)]
        limited = keep_versions(fingerprint, kept)
        yield RecordFile(f"fingerprints/{fingerprint.id}.json", format_fingerprint(limited).encode())


def _is_kept(sha256: str, target: Target, learnt: Learnt) -> bool:
    if learnt is Learnt.OTHERS:
        return sha256 != target.archive.sha256
    return target.pair is not None and sha256 == target.pair.sha256


def keep_versions(fingerprint: Fingerprint, kept: Sequence[int]) -> Fingerprint:
    """Return a fingerprint of some of its versions (by number) alone, as if the others had never been learnt."""
    rows = fingerprint.members[list(kept)]
    met: Members = np.logical_or.reduce(rows, axis=0)
    own = met[: len(fingerprint.own)]
    shared = met[len(fingerprint.own) :]
    versions = tuple(fingerprint.versions[number] for number in kept)
    return Fingerprint(fingerprint.id, versions, fingerprint.own[own], fingerprint.shared[shared], rows[:, met])


def evaluate_shrunk(batch: Batch, tools: Sequence[Shrinking]) -> dict[tuple[str, str], Outcome]:
    """Return the outcomes by tool and by what was learnt; only SDKs with personal data are scored."""
    outcomes: dict[tuple[str, str], Outcome] = {}
    for how in tools:
        cases = [(target, shrink_target(batch, target, how)) for target in load_targets()]
        for learnt in Learnt:
            chosen = [pair for pair in cases if learnt is Learnt.SAME or pair[0].pair is not None]
            outcomes[how.value, learnt.value] = evaluate(_learning(chosen, learnt), only=collectors())
    lay_over(())
    return outcomes


def _learning(cases: Sequence[tuple[Target, Case | Missing]], learnt: Learnt) -> Iterator[Case | Missing]:
    """Yield the packages, each when the tool knows of its SDK what is meant."""
    for target, case in cases:
        learn(target, learnt)
        yield case


def find_strays() -> str:
    """Return which SDKs are told by fingerprint in real packages without any SDK that collects, as a sentence."""
    lay_over(())
    packages, strays = 0, []
    for case in read_real():
        if isinstance(case, Missing) or case.inside & collectors():
            continue
        packages += 1
        app = read_app(SourceFile(f"{case.name}.apk", case.data))
        strays += [
            f"{sdk.id} in {case.name}"
            for sdk in app.sdks
            if any(sign.kind is EvidenceKind.FINGERPRINT for sign in sdk.evidence)
        ]
    return f"\nIn {packages} real packages without such an SDK, told by fingerprints: {', '.join(strays) or 'none'}.\n"
