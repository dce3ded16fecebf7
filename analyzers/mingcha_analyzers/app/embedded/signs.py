"""How policies inside packages are told: words, titles and addresses of signs.yaml."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mingcha_corpora.records import read_yaml

_DATA = Path(__file__).parent / "data"


@cache
def load_signs() -> Mapping[str, Any]:
    """Return signs.yaml."""
    table: Mapping[str, Any] = read_yaml("signs.yaml", _DATA)
    return table


@cache
def policy_url_pattern() -> re.Pattern[bytes]:
    """Return what addresses of policies look like in the bytes of a DEX."""
    return re.compile(load_signs()["policy_url"].encode())
