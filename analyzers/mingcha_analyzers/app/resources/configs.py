"""Configurations of resources (``ResTable_config``): the locale, and whether it is the default."""

import struct
from dataclasses import dataclass

_LOCALE_AT = 8
_SCRIPT_AT, _SCRIPT_SIZE = 36, 4


@dataclass(frozen=True, slots=True)
class Config:
    """``locale``: language, script and region joined by hyphens, empty for none."""

    locale: str
    is_default: bool

    @property
    def language(self) -> str:
        """The language alone, empty for none."""
        return self.locale.partition("-")[0]


def read_config(data: bytes, start: int, end: int) -> Config:
    """Return the configuration at a place; what it leaves out counts as not qualified."""
    (size,) = struct.unpack_from("<I", data, start) if start + 4 <= end else (0,)
    raw = data[start : min(start + size, end)]
    language = _packed(raw[_LOCALE_AT : _LOCALE_AT + 2], ord("a"))
    region = _packed(raw[_LOCALE_AT + 2 : _LOCALE_AT + 4], ord("0"))
    script = raw[_SCRIPT_AT : _SCRIPT_AT + _SCRIPT_SIZE].rstrip(b"\0").decode("ascii", "replace")
    locale = "-".join(part for part in (language, script, region) if part) if language else ""
    return Config(locale, is_default=not any(raw[4:]))


def _packed(pair: bytes, base: int) -> str:
    """Return two letters as they are, or three that are packed into five bits each (first bit set)."""
    if len(pair) < 2 or not pair[0]:
        return ""
    if not pair[0] & 0x80:
        return pair.decode("ascii", "replace")
    bits = pair[0] << 8 | pair[1]
    return "".join(chr((bits >> shift & 0x1F) + base) for shift in (0, 5, 10))
