"""The report for machines: the whole result as JSON, valid against the published schema."""

from mingcha.codec import encode_result
from mingcha.result import Result


def render_json(result: Result) -> str:
    """Return the result as JSON text."""
    return encode_result(result).decode("utf-8")
