"""Words the checks look for beyond those of ``mingcha_corpora``: permission families, kinds of SDK, vendor brands."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import read_yaml


@cache
def load_cues(name: str) -> Mapping[str, Any]:
    """Return one file of cues: ``permissions``, ``purposes`` or ``sdks``."""
    rows = read_yaml(f"{name}.yaml", Path(__file__).parent)
    if not isinstance(rows, dict):
        raise KnowledgeError("knowledge_damaged", path=f"rules/cues/{name}.yaml", line="1", fault="not a mapping")
    return MappingProxyType(rows)
