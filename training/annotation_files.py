"""Annotations of real policies: places and labels, without the texts (docs/annotation.md)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mingcha_analyzers.policy.reader import open_document
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.template import load_template

ROOT = Path(__file__).resolve().parents[1]
ANNOTATIONS = ROOT / "corpora" / "annotations"
TEXTS = ROOT.parent / "shared" / "data" / "policies_real"
SPLIT = ROOT / "tests" / "data" / "split.jsonl"

SENTENCES = "sentences"
COMPONENTS = "components"


@dataclass(frozen=True, slots=True)
class SentenceNote:
    """What one sentence says; ``section`` and ``aspect`` are null where there is none."""

    start: int
    end: int
    section: str | None
    aspect: str | None
    practices: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    polarity: str = "affirmed"


@dataclass(frozen=True, slots=True)
class ComponentNote:
    """The parts of one sentence: places in the document, and labels."""

    start: int
    end: int
    spans: tuple[tuple[int, int, str], ...] = ()


Note = SentenceNote | ComponentNote


@dataclass(frozen=True, slots=True)
class Annotated:
    """All notes of one kind on one document."""

    document: str
    sha256: str
    notes: tuple[Note, ...]


@cache
def load_scheme() -> Mapping[str, frozenset[str]]:
    """Return the ids that each field may hold."""
    scheme = yaml.safe_load((ANNOTATIONS / "scheme.yaml").read_text("utf-8"))
    fields = {name: frozenset(values) for name, values in scheme.items()}
    return {**fields, "sections": frozenset(section.id for section in load_template())}


@cache
def trainable() -> Mapping[str, str]:
    """Return the documents that may be annotated, with their publisher's group."""
    rows = [json.loads(line) for line in SPLIT.read_text("utf-8").splitlines()]
    return {row["document"]: row["group"] for row in rows if row["part"] == "train"}


def read_text(document: str, texts: Path = TEXTS) -> tuple[str, str]:
    """Return the text that offsets count in, and the sha256 of the file.

    Raises:
        ValueError: the document is kept for measuring.
    """
    if document not in trainable():
        raise ValueError(f"{document} is not among the documents to train on")
    data = (texts / document).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return open_document(SourceFile(document, data), digest).document.text, digest


def read_annotations(kind: str, root: Path = ANNOTATIONS) -> Iterator[Annotated]:
    """Yield what was annotated, by document."""
    for path in sorted((root / kind).glob("*.jsonl")):
        yield read_file(kind, path)


def read_file(kind: str, path: Path) -> Annotated:
    """Return the notes of one file."""
    head, *rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return Annotated(head["document"], head["sha256"], tuple(_note(kind, row) for row in rows))


def write_file(annotated: Annotated, path: Path) -> None:
    """Write notes by place, one record a line."""
    head = {"document": annotated.document, "sha256": annotated.sha256}
    rows = [_record(note) for note in sorted(annotated.notes, key=lambda note: note.start)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in [head, *rows]), "utf-8")


def _note(kind: str, row: Mapping[str, Any]) -> Note:
    if kind == COMPONENTS:
        spans = tuple((span["start"], span["end"], span["label"]) for span in row["spans"])
        return ComponentNote(row["start"], row["end"], spans)
    return SentenceNote(
        row["start"],
        row["end"],
        row.get("section"),
        row.get("aspect"),
        tuple(row.get("practices", ())),
        tuple(row.get("rights", ())),
        row.get("polarity", "affirmed"),
    )


def _record(note: Note) -> dict[str, Any]:
    record = asdict(note)
    if isinstance(note, ComponentNote):
        record["spans"] = [{"start": start, "end": end, "label": label} for start, end, label in note.spans]
        return record
    return {
        key: value
        for key, value in record.items()
        if value not in ((), None) and (key, value) != ("polarity", "affirmed")
    }


def find_faults(annotated: Annotated) -> Iterator[str]:
    """Yield what of the notes cannot be right whatever the text is."""
    if annotated.document not in trainable():
        yield "not among the documents to train on"
    previous = 0
    for note in annotated.notes:
        if not previous <= note.start < note.end:
            yield f"{note.start}: out of order, empty or overlapping"
        previous = note.end
        yield from (f"{note.start}: {fault}" for fault in _unknown(note))


def _unknown(note: Note) -> Iterator[str]:
    scheme = load_scheme()
    if isinstance(note, ComponentNote):
        for start, end, label in note.spans:
            if label not in scheme["components"]:
                yield f"no component {label}"
            if not note.start <= start < end <= note.end:
                yield f"{label} lies outside its sentence"
        return
    fields: dict[str, Iterable[str | None]] = {
        "sections": [note.section],
        "aspects": [note.aspect],
        "practices": note.practices,
        "rights": note.rights,
        "polarities": [note.polarity],
    }
    for field, values in fields.items():
        yield from (f"{value} is none of the {field}" for value in values if value and value not in scheme[field])


def find_misfits(annotated: Annotated, texts: Path = TEXTS) -> Iterator[str]:
    """Yield what of the notes does not fit the text."""
    text, digest = read_text(annotated.document, texts)
    if digest != annotated.sha256:
        yield "the text is not the one that was annotated"
        return
    for note in annotated.notes:
        places = [(note.start, note.end)]
        if isinstance(note, ComponentNote):
            places += [(start, end) for start, end, _ in note.spans]
        for start, end in places:
            words = text[start:end]
            if end > len(text) or not words or words != words.strip():
                yield f"{start}: blanks at an edge, or beyond the text"
