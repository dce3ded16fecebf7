"""Accuracy of the policy reader on annotated policies.

``predict TASK IN.jsonl OUT.jsonl`` reads records with a ``text`` and writes the tool's spans; ``table`` scores
every task on a corpus folder. The corpora are other people's: they lie beside the checkout, if at all.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.permissions import load_permissions

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "policy_eval"

Spans = Iterator[tuple[int, int, str]]

# The corpus' group names for the nine dangerous-permission groups; ours are Android's.
APPCH_GROUPS = {
    "CALENDAR": "CALENDAR",
    "CAMERA": "CAMERA",
    "CONTACTS": "CONTACTS",
    "LOCATION": "LOCATION",
    "MICROPHONE": "MICROPHONE",
    "PHONE": "PHONE",
    "CALL_LOG": "PHONE",
    "SENSORS": "SENSORS",
    "SMS": "SMS",
    "STORAGE": "STORAGE",
    "READ_MEDIA_VISUAL": "STORAGE",
    "READ_MEDIA_AURAL": "STORAGE",
}


def find_permission_phrases(policy: Policy) -> Spans:
    """Yield the phrases that speak of a permission group, by permission mentions and data items."""
    facts = load_permissions()
    text = policy.documents[0].text
    for mention in policy.permissions:
        label = APPCH_GROUPS.get((facts[mention.name].group or "").rsplit(".", 1)[-1])
        at = text.find(mention.surface, mention.span.start, mention.span.end)
        if label and at >= 0:
            yield at, at + len(mention.surface), label


def find_data_words(policy: Policy) -> Spans:
    """Yield the words of every data item claimed, as ``data``."""
    text = policy.documents[0].text
    for claim in policy.claims:
        for word in claim.surface:
            for match in re.finditer(re.escape(word), text[claim.span.start : claim.span.end]):
                yield claim.span.start + match.start(), claim.span.start + match.end(), "data"


TASKS: dict[str, tuple[str, Callable[[Policy], Spans], tuple[str, ...]]] = {
    "appch-permissions": ("appch_permissions.jsonl", find_permission_phrases, ()),
    "ca4p-components": ("ca4p_components.jsonl", find_data_words, ("data",)),
}


def predict(task: str, source: Path, target: Path) -> None:
    """Write one record a document of ``source``: its id and the spans found."""
    find = TASKS[task][1]
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            record = json.loads(line)
            policy = read_policy([SourceFile(record["doc_id"] + ".txt", record["text"].encode())])
            found = sorted(set(find(policy)))
            spans = [{"start": start, "end": end, "label": label} for start, end, label in found]
            out.write(json.dumps({"doc_id": record["doc_id"], "spans": spans}, ensure_ascii=False) + "\n")


def score(task: str, corpus: Path) -> dict[str, Any]:
    """Return what the corpus' own scorer says of the tool on ``task``."""
    name, _, labels = TASKS[task]
    gold = corpus / "dev" / name
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.jsonl"
        predict(task, gold, found)
        words = [sys.executable, str(corpus / "score.py"), str(gold), str(found), "--json"]
        if labels:
            words += ["--labels", ",".join(labels)]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed


def score_sdk_names(folder: Path) -> tuple[int, int, int]:
    """Return how many SDK names of the saved pages were found, reported and listed; distinct names of each page."""
    right = reported = listed = 0
    for line in (folder / "sdk_rows.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        page = folder / record["file"]
        policy = read_policy([SourceFile(page.name, page.read_bytes())])
        gold = {_plain_name(row["name"]) for row in record["rows"] if row["name"]}
        found = {_plain_name(row.name) for row in policy.sdk_disclosures}
        right += len(gold & found)
        reported += len(found)
        listed += len(gold)
    return right, reported, listed


def _plain_name(name: str) -> str:
    """Fold case, width and blanks, and drop the ending that some lists write and others do not."""
    folded = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return folded.removesuffix("sdk")


def main() -> None:
    """Run ``predict`` or ``table``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parts = parser.add_subparsers(dest="part", required=True)
    one = parts.add_parser("predict")
    one.add_argument("task", choices=sorted(TASKS))
    one.add_argument("source", type=Path)
    one.add_argument("target", type=Path)
    table = parts.add_parser("table")
    table.add_argument("--corpus", type=Path, default=CORPUS)
    words = parser.parse_args()
    if words.part == "predict":
        predict(words.task, words.source, words.target)
        return
    if not words.corpus.is_dir():
        sys.exit(f"{words.corpus}: no annotated corpus here; give its folder with --corpus")
    print("| task | scored | precision | recall | F1 |\n| --- | --- | --- | --- | --- |")
    for task in sorted(TASKS):
        found = score(task, words.corpus)
        # Outside the scope the annotators did not work, so that only the scoped figures say anything of precision.
        part = "scoped" if found.get("scoped") else "full"
        for measure in ("exact", "overlap", "char"):
            micro = found[part][measure]["micro"]
            print(f"| {task} | {part}, {measure} | {micro['P']:.3f} | {micro['R']:.3f} | {micro['F1']:.3f} |")
    right, reported, listed = score_sdk_names(words.corpus.parent / "policies_html")
    precision, recall = right / reported, right / listed
    mean = 2 * precision * recall / (precision + recall)
    print(f"| SDK names, {listed} listed | exact | {precision:.3f} | {recall:.3f} | {mean:.3f} |")


if __name__ == "__main__":
    main()
