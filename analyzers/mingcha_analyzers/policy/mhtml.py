"""Pages that a browser saved in one file with all that they show (MHTML, RFC 2557)."""

import re
from email import message_from_bytes
from email.message import Message

from mingcha_analyzers.policy.encoding import decode
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import LimitExceededError, MingchaError, UnreadableInputError

MAX_BYTES = 64 << 20
_HEAD = 6000
_MARK = re.compile(rb"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_MAX_PARTS = 3_000
_MAX_SHEETS = 600_000


def is_mhtml(data: bytes) -> bool:
    """Tell whether the bytes are a page saved in one file."""
    head = data[:_HEAD]
    return _MARK.search(head) is not None and _VERSION.search(head) is not None


def read_mhtml(file: SourceFile) -> tuple[SourceFile, ...]:
    """Return the pages inside: the saved page first, then those of its frames; style sheets are put into the first.

    Raises:
        UnreadableInputError: there is no page inside.
        LimitExceededError: it is larger than what is read.
    """
    if len(file.data) > MAX_BYTES:
        raise LimitExceededError("limit_size", path=file.path, limit=f"{MAX_BYTES >> 20} MB")
    parts = _leaves(message_from_bytes(file.data))
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise UnreadableInputError("policy_no_text", path=file.path)
    sheets = "".join(_text(part) for part in parts if part.get_content_type() == "text/css")[:_MAX_SHEETS]
    texts = [_text(page) for page in pages]
    texts[0] = _with_sheets(texts[0], sheets.replace("</", "<"))
    names = [file.path, *(f"{file.path}!/{number}.html" for number in range(2, len(texts) + 1))]
    return tuple(SourceFile(name, _in_utf8(text)) for name, text in zip(names, texts, strict=True) if text.strip())


def _leaves(message: Message) -> list[Message]:
    found = []
    for part in message.walk():
        if not part.is_multipart():
            found.append(part)
        if len(found) >= _MAX_PARTS:
            break
    return found


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode("gb18030" if charset.lower() in ("gb2312", "gbk") else charset)
        except (UnicodeError, LookupError):
            pass
    try:
        return decode(SourceFile("", data))
    except MingchaError:
        return ""


def _with_sheets(page: str, sheets: str) -> str:
    """Return the page with style sheets at its end, so that its lines keep their numbers."""
    end = page.lower().rfind("</body")
    end = len(page) if end < 0 else end
    return f"{page[:end]}<style>{sheets}</style>{page[end:]}"


def _in_utf8(text: str) -> bytes:
    """Return the page in UTF-8 with a mark that goes before any charset the page declares."""
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")
