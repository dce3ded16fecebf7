"""The watcher of the scan: which classes it asks, and what an app's report then says."""

from collections.abc import Callable

import numpy as np
import pytest

from analyzers.app.fingerprints.beacon_files import beacon_file
from mingcha_analyzers.app.classfile.archive import ClassFiles
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.fingerprints import finder
from mingcha_analyzers.app.fingerprints.finder import FingerprintFinder
from mingcha_analyzers.app.fingerprints.fromclasses import read_tokens
from mingcha_analyzers.app.fingerprints.learning import Distinction, learn_part
from mingcha_corpora.fingerprints import Fingerprint, LearntVersion, merge_versions
from mingcha_corpora.sdks import load_sdk_base


@pytest.fixture(autouse=True)
def _beacon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the made-up SDK be all that was learnt."""
    tokens, names, _ = read_tokens(ClassFiles().read([beacon_file("beacon.jar")]))
    nothing: Callable[..., np.ndarray] = lambda keys: np.zeros(len(keys), np.bool_)  # noqa: E731
    part = learn_part(tokens, np.arange(len(names)), Distinction(nothing, nothing))
    row = (LearntVersion("1.4", "here", "0" * 64, 4), part.own, part.shared, part.all)
    learnt: tuple[Fingerprint, ...] = (merge_versions("jpush", [row]),)
    monkeypatch.setattr(finder, "load_fingerprints", lambda: learnt)


def _find(name: str, package: str = "com.example.notes") -> tuple[FingerprintFinder, Owners, dict[str, str]]:
    found = FingerprintFinder()
    facts = find_observations(
        [("classes.dex", beacon_file(name).data)],
        owners=Owners(package, (), load_sdk_base()),
        components=(),
        target_sdk=29,
        watchers=[found],
        matched=found.owners,
    )
    accesses = {str(each.place.class_): each.owner for each in facts.observations}
    return found, facts.owners, accesses


def test_renamed_classes_and_what_they_read_belong_to_the_sdk() -> None:
    found, owners, accesses = _find("renamed.dex")
    assert [match.id for match in found.matches] == ["jpush"]
    assert {owners.of(name) for name in ("a", "b", "c", "d")} == {"sdk:jpush"}
    assert owners.of("com.example.notes.Notes") == "app"
    assert set(accesses.values()) == {"sdk:jpush"}


def test_repackaged_among_the_apps_own_they_are_asked_for_their_short_names() -> None:
    found, owners, _ = _find("repackaged.dex")
    assert [match.id for match in found.matches] == ["jpush"]
    assert owners.of("com.example.notes.a") == "sdk:jpush"
    assert owners.of("com.example.notes.Notes") == "app"


def test_classes_with_names_of_the_app_are_not_asked() -> None:
    assert _find("plain.dex", "com.example.beacon")[0].matches == ()


def test_code_of_others_matches_nothing() -> None:
    assert _find("notes.dex", "com.nobody")[0].owners() == {}
