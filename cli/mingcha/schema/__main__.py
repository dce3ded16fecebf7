"""Rewrite the published schemas from the dataclasses."""

from mingcha.schema import DIFF_SCHEMA_FILE, SCHEMA_FILE, diff_schema, result_schema, schema_text

SCHEMA_FILE.write_text(schema_text(result_schema()), "utf-8", newline="\n")
DIFF_SCHEMA_FILE.write_text(schema_text(diff_schema()), "utf-8", newline="\n")
