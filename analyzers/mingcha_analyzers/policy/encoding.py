"""How the bytes of a policy become text: marks, declared charset, UTF-8, then a guess among Chinese encodings."""

import codecs
import re

from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import LimitExceededError, UnreadableInputError

MAX_BYTES = 20 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DOCUMENT_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC/WPS"),
    (b"{\\rtf", "RTF"),
)
# The stream in which Word keeps a document that is protected by a password.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BINARY_MAGIC = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\x7fELF",
    b"dex\n",
    b"RIFF",
    b"7z\xbc\xaf",
    b"Rar!",
    b"\xca\xfe\xba\xbe",
    b"PK\x05\x06",
    b"BM6",
    b"\x00asm",
)
_DECLARED = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^<>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_SIMPLE = frozenset(b"\r\n 123456789.:")  # U+0A00 to U+3A00, their mirror images, are rare; U+3000 is not.
_HEAD = 4096
_SAMPLE = 64 * 1024
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd\ue000-\uf8ff]")
_GB = frozenset({"gb2312", "gbk", "gb18030", "cp936", "x-gbk", "gb_2312-80", "gb2312-80"})


def decode(file: SourceFile) -> str:
    """Return the text of ``file`` without its byte-order mark, otherwise unchanged.

    Raises:
        UnreadableInputError: empty, binary, a format that is not read, or an encoding that cannot be told.
        LimitExceededError: larger than what is read as text.
    """
    data = file.data
    if not data:
        raise UnreadableInputError("file_empty", path=file.path)
    _refuse_other_formats(file)
    if len(data) > MAX_BYTES:
        raise LimitExceededError("limit_size", path=file.path, limit="20 MB")
    text = _by_mark(data)
    if text is None:
        text = _without_mark(data)
    if text is None:
        marked = any(data.startswith(mark) for mark, _ in _BOMS)
        code = "policy_binary" if _looks_binary(data) and not marked else "policy_unknown_encoding"
        raise UnreadableInputError(code, path=file.path)
    if _control_share(text) > 0.02:
        raise UnreadableInputError("policy_binary", path=file.path)
    return text


def _refuse_other_formats(file: SourceFile) -> None:
    head = file.data[:16]
    for magic, name in _DOCUMENT_MAGIC:
        if head.startswith(magic):
            if _ENCRYPTED in file.data:
                raise UnreadableInputError("policy_docx_encrypted", path=file.path)
            raise UnreadableInputError("policy_format_not_read", path=file.path, format=name)
    if head.startswith((b"PK\x03\x04", *_BINARY_MAGIC)):
        raise UnreadableInputError("policy_binary", path=file.path)


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _try(data[len(mark) :], encoding)
    return None


def _without_mark(data: bytes) -> str | None:
    wide = _wide_without_mark(data)
    if wide is not None:
        return _try(data, wide)
    declared = _declared(data)
    for encoding in (declared, "utf-8"):
        if encoding is not None and (text := _try(data, encoding)) is not None:
            return text
    if _looks_binary(data):
        return None
    return _guess(data) or _damaged_utf8(data)


def _wide_without_mark(data: bytes) -> str | None:
    """Tell UTF-16 without mark: line ends, blanks and digits have their zero bytes on one side only."""
    if len(data) % 2:
        return None
    sample = data[:_SAMPLE]
    even, odd = sample[::2], sample[1::2]
    little = sum(low in _SIMPLE and not high for low, high in zip(even, odd, strict=True))
    big = sum(low in _SIMPLE and not high for high, low in zip(even, odd, strict=True))
    if max(little, big) < 2 or min(little, big) * 10 > max(little, big):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _declared(data: bytes) -> str | None:
    match = _XML_DECLARED.search(data[:_HEAD]) or _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    name = match.group(1).decode("ascii").lower()
    if name in _GB:
        return "gb18030"  # Pages that declare gb2312 hold GBK bytes as a rule.
    if name.startswith("utf-16"):
        return "utf-8"  # The declaration itself was read as single bytes, so it cannot be true.
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guess(data: bytes) -> str | None:
    """Let charset-normalizer choose among the encodings of Chinese text."""
    from charset_normalizer import from_bytes  # Slow to load and rarely needed.

    best = from_bytes(data[:_SAMPLE], cp_isolation=["gb18030", "big5", "utf_16"], threshold=0.4).best()
    order = ["gb18030", "big5"] if best is None or best.encoding != "big5" else ["big5", "gb18030"]
    readings = [text for encoding in order if (text := _try(data, encoding)) is not None]
    return min(readings, key=_strangeness, default=None)


def _strangeness(text: str) -> float:
    """Return how unlike a policy ``text`` reads: few of the commonest characters, many rare ones."""
    sample = text[:_SAMPLE]
    common = sum(sample.count(char) for char in "的您我信息個个们們，。、使用")
    return 1 - common / max(1, sum(char > "\x7f" for char in sample))


def _damaged_utf8(data: bytes) -> str | None:
    """Read UTF-8 with a few broken bytes (a page cut off in the middle of a character)."""
    text = data.decode("utf-8", "replace")
    return text if text.count("\ufffd") * 500 < len(text) else None


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = sum(sample.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    return control * 50 > len(sample)


def _control_share(text: str) -> float:
    sample = text[:_SAMPLE]
    return len(_CONTROL.findall(sample)) / max(1, len(sample))
