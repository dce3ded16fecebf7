"""How well the rows of SDK lists are read from saved pages: names found and reported, and the fields of the rows found.

``python -m benchmarks.sdk_rows FOLDER``: the folder holds the pages and ``sdk_rows.jsonl`` with the rows as written.
A field is right where one text holds the other without case, width, blanks and marks; where the page has none, none
may be reported.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mingcha_analyzers.policy.reader import read_policy
from mingcha_analyzers.policy.values import SdkDisclosure
from mingcha_analyzers.values import SourceFile

FIELDS = ("vendor", "purpose", "data", "url")
Count = Counter[str]


def count_page(page: Path, rows: list[dict[str, Any]], *, misses: bool) -> Count:
    """Return names right, reported and listed (distinct ones of the page), and each field's right and listed."""
    found: dict[str, SdkDisclosure] = {}
    for row in read_policy([SourceFile(page.name, page.read_bytes())]).sdk_disclosures:
        name = plain_name(row.name)
        if name not in found or filled(row) > filled(found[name]):
            found[name] = row
    gold = {plain_name(row["name"]): row for row in reversed(rows) if row["name"]}
    if misses:
        print(page.name, "missed:", sorted(gold.keys() - found), "wrong:", sorted(found.keys() - gold))
    counts = Count(right=len(gold.keys() & found), reported=len(found), listed=len(gold))
    for name in gold.keys() & found:
        for field, right in judge_fields(gold[name], found[name]):
            counts[f"{field} right"] += right
            counts[f"{field} listed"] += 1
            if misses and not right:
                print("   ", name, field, repr(gold[name][field])[:80])
    return counts


def filled(row: SdkDisclosure) -> int:
    """Return how many fields a row has."""
    return sum(map(bool, (row.vendor, row.purpose, row.surface, row.url)))


def judge_fields(gold: dict[str, Any], row: SdkDisclosure) -> Iterator[tuple[str, bool]]:
    """Yield each field and whether it was read as it is written."""
    read = {"vendor": row.vendor, "purpose": row.purpose, "url": row.url}
    for field, value in read.items():
        yield field, agree(gold[field], value)
    # The reader keeps the words of data, not the cell: some of them must stand in it, or none if it is empty.
    words = [plain(word) for word in row.surface]
    cell = plain(gold["data"] or "")
    yield "data", all(word in cell for word in words) and (bool(words) or not names_data(gold["data"]))


def names_data(cell: str | None) -> bool:
    """Return whether a data cell names anything."""
    return bool(cell) and plain(cell or "") not in {"无", "不涉及", "无需"}


def agree(written: str | None, read: str | None) -> bool:
    """Return whether two texts of a field are one, or the one within the other."""
    one, other = plain(written or ""), plain(read or "")
    return (not one and not other) or bool(one and other and (one in other or other in one))


def plain(text: str) -> str:
    """Return ``text`` without case, width, blanks and marks."""
    return re.sub(r"[\s\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def plain_name(name: str) -> str:
    """Return a name without case, width, blanks and the ending SDK, which some lists write and others do not."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()).strip("。.").removesuffix("sdk")


def main() -> None:
    """Print one line a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print what is missed, wrong and misread, page by page")
    words = parser.parse_args()
    counts = Count()
    for line in (words.folder / "sdk_rows.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        counts += count_page(words.folder / record["file"], record["rows"], misses=words.misses)
    right = counts["right"]
    precision, recall = right / counts["reported"], right / counts["listed"]
    print(f"names: precision {precision:.3f}, recall {recall:.3f} of {counts['listed']}")
    for field in FIELDS:
        share = counts[f"{field} right"] / max(1, counts[f"{field} listed"])
        print(f"{field}: {share:.3f} of {counts[f'{field} listed']}")


if __name__ == "__main__":
    main()
