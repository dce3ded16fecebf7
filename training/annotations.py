"""Shows the sentences of a document, turns notes on them into annotations, checks and compares these."""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from mingcha_analyzers.policy.claims.sentences import split_chinese, split_english
from mingcha_analyzers.policy.roles import tell_language
from training.agreement import compare
from training.annotation_files import (
    ANNOTATIONS,
    COMPONENTS,
    SENTENCES,
    Annotated,
    ComponentNote,
    Note,
    SentenceNote,
    find_faults,
    find_misfits,
    read_annotations,
    read_file,
    read_text,
    write_file,
)

Place = tuple[int, int]


def split(text: str) -> list[Place]:
    """Return the sentences of ``text``, without blanks at their edges."""
    cut = split_english if tell_language(text).startswith("en") else split_chinese
    places = []
    for start, end in cut(text):
        words = text[start:end]
        if words.strip():
            places.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return places


def parse_notes(kind: str, lines: Iterable[str], text: str) -> Iterator[Note]:
    """Yield the notes that ``lines`` hold, by number of sentence.

    Raises:
        ValueError: a line cannot be read, or names words that its sentence does not hold.
    """
    places = split(text)
    for line in lines:
        if line.strip() and not line.startswith("#"):
            number, _, rest = line.strip().partition(" ")
            place = places[int(number)]
            yield _parse_components(place, rest, text) if kind == COMPONENTS else _parse_sentence(place, rest)


def _parse_sentence(place: Place, words: str) -> SentenceNote:
    section, aspect, practices, *more = (None if word == "-" else word for word in words.split())
    named = dict((word or "").split("=", 1) for word in more)
    return SentenceNote(
        *place,
        section,
        aspect,
        tuple(practices.split(",")) if practices else (),
        tuple(named["rights"].split(",")) if "rights" in named else (),
        named.get("polarity", "affirmed"),
    )


def _parse_components(place: Place, words: str, text: str) -> ComponentNote:
    start, end = place
    spans = []
    for part in filter(None, (part.strip() for part in words.split("|"))):
        label, _, quoted = part.partition("=")
        found = re.fullmatch(r"(.+?)(?:@(\d+))?", quoted)
        if found is None:
            raise ValueError(f"{part!r} is no label=words")
        at = start - 1
        for _ in range(int(found[2] or 1)):
            at = text.find(found[1], at + 1, end)
            if at < 0:
                raise ValueError(f"{part!r} does not stand in the sentence {text[start:end]!r}")
        spans.append((at, at + len(found[1]), label))
    return ComponentNote(start, end, tuple(sorted(spans)))


def show(document: str) -> Iterator[str]:
    """Yield the sentences with their numbers; what is annotated already is marked."""
    text, _ = read_text(document)
    known = {
        note.start: mark
        for kind, mark in ((COMPONENTS, "c"), (SENTENCES, "s"))
        for annotated in read_annotations(kind)
        if annotated.document == document
        for note in annotated.notes
    }
    for number, (start, end) in enumerate(split(text)):
        yield f"{number}{known.get(start, '')} {' '.join(text[start:end].split())}"


def write(kind: str, document: str, notes: Path, root: Path) -> Path:
    """Write the annotations of ``document`` with the notes added, and return their file.

    Raises:
        ValueError: a note is faulty.
    """
    text, digest = read_text(document)
    path = root / kind / f"{document}.jsonl"
    known = {note.start: note for note in read_file(kind, path).notes} if path.exists() else {}
    known |= {note.start: note for note in parse_notes(kind, notes.read_text("utf-8").splitlines(), text)}
    annotated = Annotated(document, digest, tuple(known[start] for start in sorted(known)))
    faults = [*find_faults(annotated), *find_misfits(annotated)]
    if faults:
        raise ValueError("\n".join(faults))
    write_file(annotated, path)
    return path


def check() -> Iterator[str]:
    """Yield the faults of all annotations."""
    for root in (ANNOTATIONS, ANNOTATIONS / "second"):
        for kind in (SENTENCES, COMPONENTS):
            for annotated in read_annotations(kind, root):
                faults = [*find_faults(annotated), *find_misfits(annotated)]
                yield from (f"{kind}/{annotated.document} {fault}" for fault in faults)


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    parts.add_parser("show").add_argument("document")
    one = parts.add_parser("write")
    one.add_argument("kind", choices=[SENTENCES, COMPONENTS])
    one.add_argument("document")
    one.add_argument("notes", type=Path)
    one.add_argument("--second", action="store_true", help="a second reading, to be compared with the first")
    parts.add_parser("check")
    parts.add_parser("agreement")
    words = parser.parse_args()
    if words.part == "show":
        print("\n".join(show(words.document)))
    elif words.part == "write":
        print(write(words.kind, words.document, words.notes, ANNOTATIONS / ("second" if words.second else "")))
    elif words.part == "agreement":
        print("\n".join(compare()))
    else:
        faults = list(check())
        print("\n".join(faults) or "all fit")
        sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
