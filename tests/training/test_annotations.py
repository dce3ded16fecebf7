"""Annotations name what exists, fit their texts, and notes become what they say."""

from pathlib import Path

import pytest
from training.agreement import agreement, kappa
from training.annotation_files import (
    ANNOTATIONS,
    COMPONENTS,
    SENTENCES,
    TEXTS,
    Annotated,
    ComponentNote,
    SentenceNote,
    find_faults,
    find_misfits,
    load_scheme,
    read_file,
    write_file,
)
from training.annotations import parse_notes, split

from mingcha_analyzers.policy.values import Polarity, RightKind

_FILES = sorted(path for kind in (SENTENCES, COMPONENTS) for path in ANNOTATIONS.glob(f"**/{kind}/*.jsonl"))
_TEXT = "一、我们收集的信息\n注册时，我们会收集您的手机号和昵称。我们不会向他人提供。"


def test_scheme_has_the_rights_and_polarities_of_the_result() -> None:
    assert load_scheme()["rights"] == {kind.value for kind in RightKind}
    assert load_scheme()["polarities"] == {polarity.value for polarity in Polarity}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_annotations_name_what_exists(path: Path) -> None:
    annotated = read_file(path.parent.name, path)
    assert path.name == f"{annotated.document}.jsonl"
    assert list(find_faults(annotated)) == []


@pytest.mark.shared
@pytest.mark.skipif(not TEXTS.is_dir(), reason=f"no policies in {TEXTS}")
@pytest.mark.parametrize("path", _FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_annotations_fit_the_text(path: Path) -> None:
    assert list(find_misfits(read_file(path.parent.name, path))) == []


def test_a_note_is_read_by_the_number_of_its_sentence() -> None:
    notes = parse_notes(
        SENTENCES, ["# mine", "1 D.1.collect handling collect_data", "2 - sharing share polarity=denied"], _TEXT
    )
    start, end = split(_TEXT)[1]
    assert list(notes) == [
        SentenceNote(start, end, "D.1.collect", "handling", ("collect_data",)),
        SentenceNote(end, len(_TEXT), None, "sharing", ("share",), polarity="denied"),
    ]


def test_components_are_found_by_their_words() -> None:
    (note,) = parse_notes(COMPONENTS, ["1 controller=我们 | data=手机号 | data=昵称"], _TEXT)
    assert isinstance(note, ComponentNote)
    assert [(_TEXT[start:end], label) for start, end, label in note.spans] == [
        ("我们", "controller"),
        ("手机号", "data"),
        ("昵称", "data"),
    ]


def test_words_of_another_sentence_are_refused() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        list(parse_notes(COMPONENTS, ["1 receiver=他人"], _TEXT))


def test_faults_are_named() -> None:
    document = "capp-rw_10.txt"
    notes = (SentenceNote(0, 5, None, "weather"), SentenceNote(3, 9, None, None))
    assert list(find_faults(Annotated(document, "", notes))) == [
        "0: weather is none of the aspects",
        "3: out of order, empty or overlapping",
    ]
    assert "not among" in next(find_faults(Annotated("unknown.txt", "", ())))


@pytest.mark.parametrize(
    ("kind", "note"),
    [
        (SENTENCES, SentenceNote(0, 9, "D.5.rights", "control", ("right",), ("delete",), "conditional")),
        (COMPONENTS, ComponentNote(0, 9, ((0, 2, "controller"),))),
    ],
)
def test_what_is_written_is_read(kind: str, note: SentenceNote | ComponentNote, tmp_path: Path) -> None:
    annotated = Annotated("a.txt", "00", (note,))
    write_file(annotated, tmp_path / "a.txt.jsonl")
    assert read_file(kind, tmp_path / "a.txt.jsonl") == annotated


def test_agreement_is_beyond_chance() -> None:
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0
    assert agreement([({"a", "b"}, {"a"}), (set(), {"c"})]) == 0.5
