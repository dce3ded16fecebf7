"""Which files make up a policy: files as given, archives of pages, folders, pages saved with all that they show.

In a folder or archive the page that is the index is read first and links lead from it to the others, never outside.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from mingcha_analyzers.policy.formats import is_docx
from mingcha_analyzers.policy.formats.zipped import ZIP_FAULTS
from mingcha_analyzers.policy.mhtml import is_mhtml, read_mhtml
from mingcha_analyzers.values import Limit, SourceFile, SourceFolder
from mingcha_corpora.errors import LimitExceededError, UnreadableInputError

ENDINGS = (".html", ".htm", ".xhtml", ".shtml", ".txt", ".md", ".markdown", ".pdf", ".docx", ".mht", ".mhtml")
_MAX_ENTRIES = 20_000
_MAX_DOCUMENTS = 60
_MAX_ENTRY = 32 << 20
_MAX_TOTAL = 96 << 20
_MAX_LINKS = 5_000
_INDEX = re.compile(
    r"(?:index|default|main|home|privacy|privacy[-_]?policy|yinsi|隐私政策|隐私权政策)\.[a-z]+", re.IGNORECASE
)
_LINK = re.compile(
    rb"""<(?:a|iframe|frame|area)\b[^<>]{0,2000}?\b(?:href|src)\s*=\s*(?:"([^"]{1,800})"|'([^']{1,800})'|([^\s"'<>]{1,800}))""",
    re.IGNORECASE,
)
_SAVED = re.compile(r"(?:_files|\.files|-filer|_archivos)/", re.IGNORECASE)
_APP_ENTRIES = ("AndroidManifest.xml", "classes.dex", "BundleConfig.pb", "module.json")
_TELLING = ("隐私", "个人信息", "个人资料", "第三方SDK", "privacy", "personal information", "personal data")
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files that are read as one policy, in order, and what was left out."""

    files: tuple[SourceFile, ...]
    limits: tuple[Limit, ...] = ()
    inner: frozenset[str] = frozenset()
    """Paths of those that stand inside an archive or folder."""


def gather(inputs: Sequence[SourceFile | SourceFolder]) -> Gathered:
    """Return the documents that the inputs hold.

    Raises:
        UnreadableInputError: an archive is damaged, or a folder or archive holds nothing that could be a policy.
        LimitExceededError: an archive has too many entries or inflates beyond what is read.
    """
    files: list[SourceFile] = []
    limits: list[Limit] = []
    inner: set[str] = set()
    for each in inputs:
        folder = each if isinstance(each, SourceFolder) else _folder_of(each)
        if folder is None:
            assert isinstance(each, SourceFile)
            files.append(each)
            continue
        chosen, unlinked = _choose(folder)
        if not chosen:
            raise UnreadableInputError("policy_nothing_inside", path=folder.path)
        files += chosen
        inner.update(file.path for file in chosen)
        limits += [Limit("sub_document", "not_linked", path) for path in unlinked]
    return Gathered(tuple(files), tuple(limits), frozenset(inner))


def _folder_of(file: SourceFile) -> SourceFolder | None:
    """Return what an archive or a page saved with all its parts holds, null for any other file."""
    if is_mhtml(file.data):
        return SourceFolder(file.path, read_mhtml(file))
    if not file.data.startswith(b"PK\x03\x04") or is_docx(file.data):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return _unpack(file.path, archive)
    except ZIP_FAULTS:
        raise UnreadableInputError("policy_archive_damaged", path=file.path) from None


def _unpack(path: str, archive: zipfile.ZipFile) -> SourceFolder | None:
    names = archive.namelist()
    if any(name in names for name in _APP_ENTRIES):
        return None  # A package given as a policy is refused as no text.
    if len(names) > _MAX_ENTRIES:
        raise LimitExceededError("limit_entries", path=path, limit=str(_MAX_ENTRIES))
    files = []
    left = _MAX_TOTAL
    for info in archive.infolist():
        if info.is_dir() or not info.filename.lower().endswith(ENDINGS):
            continue
        with archive.open(info) as entry:
            data = entry.read(min(left, _MAX_ENTRY) + 1)
        left -= len(data)
        if left < 0 or len(data) > _MAX_ENTRY:
            raise LimitExceededError("limit_part", path=path, part=_name(info), limit=f"{_MAX_ENTRY >> 20} MB")
        files.append(SourceFile(f"{path}!/{_name(info)}", data))
    return SourceFolder(f"{path}!", tuple(files))


def _name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; Chinese Windows writes names in GBK and does not say so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = info.filename.encode("cp437").decode(encoding)
                break
            except UnicodeError:
                continue
    return name.replace("\\", "/").lstrip("/")


def _choose(folder: SourceFolder) -> tuple[list[SourceFile], list[str]]:
    """Return the files to be read, the index first, and the paths of those that no link leads to."""
    by_name = {_inside(folder, file): file for file in folder.files if file.data}
    known = sorted(by_name, key=lambda name: (name.count("/"), name))
    starts = [name for name in known if _INDEX.fullmatch(posixpath.basename(name))]
    top = min((name.count("/") for name in starts), default=0)
    starts = [name for name in starts if name.count("/") == top and _tells(by_name[name].data)][:1]
    if not starts:
        linked = {target for name in known for target in _targets(name, by_name)}
        starts = [name for name in known if name in linked or not _SAVED.search(name)]
    reached = list(_follow(starts, by_name))
    chosen = [name for name in reached if _tells(by_name[name].data)][:_MAX_DOCUMENTS]
    left = [name for name in known if name not in reached and not _SAVED.search(name) and _tells(by_name[name].data)]
    return [by_name[name] for name in chosen], [by_name[name].path for name in left]


def _inside(folder: SourceFolder, file: SourceFile) -> str:
    return file.path.removeprefix(folder.path).replace("\\", "/").lstrip("/")


def _follow(starts: Iterable[str], by_name: Mapping[str, SourceFile]) -> Iterator[str]:
    """Yield the pages in the order in which links lead to them."""
    waiting = list(starts)
    seen = set(waiting)
    at = 0
    while at < len(waiting):
        name = waiting[at]
        at += 1
        yield name
        for target in _targets(name, by_name):
            if target not in seen:
                seen.add(target)
                waiting.append(target)


def _targets(name: str, by_name: Mapping[str, SourceFile]) -> Iterator[str]:
    """Yield the files of the folder that a page links to."""
    data = by_name[name].data
    if data[:5] == b"%PDF-" or data[:2] == b"PK":
        return
    for number, match in enumerate(_LINK.finditer(data)):
        if number >= _MAX_LINKS:
            return
        written = (match[1] or match[2] or match[3]).decode("utf-8", "replace")
        target = _resolve(name, unescape(written))
        if target in by_name and target != name:
            yield target


def _resolve(name: str, link: str) -> str:
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = unquote(parts.path)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(name), path)
    return posixpath.normpath(joined)


def _tells(data: bytes) -> bool:
    """Tell whether a file may be a policy: paged formats may, texts speak of personal information."""
    if data[:5] == b"%PDF-" or data[:2] == b"PK":
        return True
    lowered = data.lower()
    for encoding in ("utf-8", "gb18030", "utf-16-le", "big5"):
        words = (word.lower().encode(encoding, "ignore") for word in _TELLING)
        if sum(lowered.count(word) for word in words if word) >= _LEAST:
            return True
    return False
