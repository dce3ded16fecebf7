"""Words the checks look for beyond those of ``mingcha_corpora``: permission families, kinds of SDK, vendor brands."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from mingcha_corpora.errors import KnowledgeError


@cache
def load_cues(name: str) -> Mapping[str, Any]:
    """Return one file of cues: ``permissions``, ``purposes`` or ``sdks``."""
    import yaml  # Loaded only when a judgement is made.

    text = files(__name__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    rows = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(rows, dict):
        raise KnowledgeError("knowledge_damaged", path=f"rules/cues/{name}.yaml", line="1", fault="not a mapping")
    return MappingProxyType(rows)
