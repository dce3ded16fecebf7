"""Writes the shipped data files from a folder of drafts: ``python corpora/build_knowledge.py --source DIR``."""

import argparse
import sys
from pathlib import Path

from knowledge import android, standards
from knowledge.source import DATA, Record, Source, write_records
from knowledge.vocabulary import Vocabulary
from mingcha_corpora.sdks import load_sdk_base


def build(source: Source) -> dict[str, list[Record]]:
    """Return the records of every file by its path below ``data/``."""
    vocabulary = Vocabulary(source.standard("data_items"))
    return {
        "items.jsonl": standards.build_items(source),
        "sensitive.jsonl": standards.build_sensitive(source, vocabulary),
        "necessary_pi.jsonl": standards.build_necessary(source, vocabulary),
        "consent.jsonl": source.standard("appendix_c_consent"),
        "template.jsonl": standards.build_template(source),
        "terms.jsonl": standards.build_terms(source),
        "acts.jsonl": android.build_acts(),
        "android/permissions.jsonl": android.build_permissions(source, vocabulary),
        "android/api_facts.jsonl": android.build_api_facts(source, vocabulary),
        "android/security_facts.jsonl": android.build_security_facts(source),
        "android/ui_facts.jsonl": android.build_ui_facts(source, vocabulary, load_sdk_base().by_prefix),
        "packers.jsonl": source.records("sdk/packers"),
    }


def main() -> None:
    """Build all files and say how many records each has."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="folder with standards/ and data/")
    parser.add_argument("--to", type=Path, default=DATA, help="folder to write (default: the package's data)")
    options = parser.parse_args()
    for name, records in build(Source(options.source)).items():
        key = "name" if name == "android/permissions.jsonl" else "id"
        count = write_records(name, records, key, options.to)
        sys.stdout.write(f"{name}: {count}\n")


if __name__ == "__main__":
    main()
