"""Labels of real policies: ids exist, offsets fit the text; the scorer counts as its docstring says."""

import hashlib
import json
from pathlib import Path

import pytest
from benchmarks.policies import DATA, FIELDS, TEXTS, Labels, match, read_label_file

from mingcha_analyzers.policy.reader import open_document
from mingcha_analyzers.policy.values import Action, ContactKind, Mechanism, RightKind
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.taxonomy import load_taxonomy
from mingcha_corpora.template import load_template

_ROWS = [json.loads(line) for line in (DATA / "split.jsonl").read_text("utf-8").splitlines()]
_FILES = sorted((DATA / "policies").glob("*.yaml"))


def _ids() -> dict[str, set[str]]:
    return {
        "type": {section.id for section in load_template()},
        "item": set(load_taxonomy().items),
        "action": {action.value for action in Action},
        "mechanism": {mechanism.value for mechanism in Mechanism},
        "which": {"updated", "effective"},
        "region": {"mainland_china", "abroad", "both"},
    }


def test_a_group_stands_in_one_part() -> None:
    parts = {(row["group"], row["part"]) for row in _ROWS}
    assert len(parts) == len({group for group, _ in parts})


def test_thirty_documents_are_to_be_labelled() -> None:
    labelled = [row["part"] for row in _ROWS if row["labelled"]]
    assert (labelled.count("tune"), labelled.count("final"), labelled.count("train")) == (20, 10, 0)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_labels_name_what_exists(path: Path) -> None:
    labels = read_label_file(path)
    assert (labels.document, labels.sha256) in {(row["document"], row["sha256"]) for row in _ROWS if row["labelled"]}
    assert path.name == f"{labels.document}.yaml"
    ids = _ids()
    kinds = {"rights": {kind.value for kind in RightKind}, "contacts": {kind.value for kind in ContactKind}}
    for field, entries in labels.fields.items():
        for entry in entries:
            for key, known in {**ids, "kind": kinds.get(field, set())}.items():
                assert key not in entry or entry[key] is None or entry[key] in known, (field, entry)


@pytest.mark.shared
@pytest.mark.skipif(not TEXTS.is_dir(), reason=f"no policies in {TEXTS}")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_offsets_fit_the_text(path: Path) -> None:
    labels = read_label_file(path)
    data = (TEXTS / labels.document).read_bytes()
    assert hashlib.sha256(data).hexdigest() == labels.sha256
    text = open_document(SourceFile(labels.document, data), labels.sha256).document.text
    for start, end in _spans(labels):
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


def _spans(labels: Labels) -> list[tuple[int, int]]:
    entries = [entry for field in FIELDS for entry in labels.fields[field]]
    paths = [tuple(entry["path"]) for entry in entries if "path" in entry]
    return [*((entry["start"], entry["end"]) for entry in entries), *paths]


def test_sets_are_compared_by_value() -> None:
    found = match("collected", [("basic.name",), ("basic.phone",)], [("device",)], [("basic.name",), ("device",)])
    assert found.right == (("basic.name",),)
    assert found.missed == (("basic.phone",),)
    assert found.wrong == ()


def test_rows_are_paired_one_to_one() -> None:
    found = match("sdks", [("极光推送",), ("小米推送",)], [], [("极光",), ("华为推送",)])
    assert found.right == (("极光推送",),)
    assert found.missed == (("小米推送",),)
    assert found.wrong == (("华为推送",),)
