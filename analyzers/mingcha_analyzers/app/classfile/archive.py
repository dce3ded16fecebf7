"""The class files that a JAR, an AAR or a single file holds; archives inside are opened, too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingcha_analyzers.app.archive import Archive, Budget, EntryError, open_archive
from mingcha_analyzers.app.classfile.constants import MAGIC
from mingcha_analyzers.app.classfile.reader import ClassFile, ClassFileError, read_class
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

STAGE = "class_files"
_MAX_CLASS = 16 << 20
# Classes of other releases of Java say nothing new, and module descriptors hold no code.
_LEFT_OUT = ("META-INF/versions/", "module-info.class")
_DEPTH = 2
_NAMED = 20


@dataclass(slots=True)
class ClassFiles:
    """Classes as they come, the first of each name; ``limits``: what could not be read."""

    limits: list[Limit] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

    def read(self, files: Sequence[SourceFile]) -> Iterator[ClassFile]:
        """Yield the classes of archives and class files.

        Raises:
            UnreadableInputError: a file is neither.
        """
        budget = Budget()
        for file in files:
            if is_class_file(file.data):
                yield from self._parse(file.path, file.data)
            else:
                yield from self._read_archive(open_archive(file, budget), budget, file.path, _DEPTH)

    def _read_archive(self, archive: Archive, budget: Budget, path: str, depth: int) -> Iterator[ClassFile]:
        for name in archive.names():
            inner = name.endswith(".jar") and depth > 0
            if not (inner or name.endswith(".class")) or any(part in name for part in _LEFT_OUT):
                continue
            place = f"{path}!/{name}"
            try:
                data = archive.read(name) if inner else archive.read(name, _MAX_CLASS)
                if inner:
                    yield from self._read_archive(
                        open_archive(SourceFile(place, data), budget), budget, place, depth - 1
                    )
                    continue
            except EntryError as error:
                self._say(error.reason, place)
            except UnreadableInputError as error:
                self._say(error.code, place)
            else:
                yield from self._parse(place, data)

    def _parse(self, place: str, data: bytes) -> Iterator[ClassFile]:
        try:
            parsed = read_class(data)
        except ClassFileError as error:
            self._say(error.reason, f"{place}: {error.detail}")
            return
        if parsed.name not in self.seen:
            self.seen.add(parsed.name)
            yield parsed

    def _say(self, reason: str, detail: str) -> None:
        if len(self.limits) < _NAMED:
            self.limits.append(Limit(STAGE, reason, detail))


def is_class_file(data: bytes) -> bool:
    """Return whether a file begins as a class file does."""
    return data[:4] == MAGIC.to_bytes(4, "big")
