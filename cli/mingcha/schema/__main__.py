"""Rewrite the published schema from the dataclasses."""

from mingcha.schema import SCHEMA_FILE, schema_text

SCHEMA_FILE.write_text(schema_text(), "utf-8", newline="\n")
