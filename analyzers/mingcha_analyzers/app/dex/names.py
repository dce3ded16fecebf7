"""Names in a DEX file, and the one error that its readers raise."""

# Class descriptor and name of a method or field.
Member = tuple[bytes, bytes]


class DexError(Exception):
    """A DEX file cannot be read; ``reason`` is a word key of limits, ``detail`` the place or figure."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def decode_mutf8(raw: bytes) -> str:
    """Return the text of modified UTF-8; invalid bytes, which protectors use on purpose, become U+FFFD."""
    if raw.isascii():
        return raw.decode("ascii")
    try:
        text = raw.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")
    # Supplementary characters are written as two surrogates of three bytes each.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def dotted(descriptor: str) -> str:
    """Return a class descriptor as a dotted name."""
    return descriptor.removeprefix("L").removesuffix(";").replace("/", ".")
