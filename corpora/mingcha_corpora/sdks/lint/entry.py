"""One record of a file under lint, and how a fault in it is told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingcha_corpora.records import Record
from mingcha_corpora.sdks.faults import Fault, RecordFile
from mingcha_corpora.sdks.values import SdkBase
from mingcha_corpora.sdks.yamltext import line_of

SIGNALS = (
    "packages", "components", "native_libs", "shared_native_libs", "meta_keys", "domains", "assets", "files",
    "resources", "strings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: the file it stands in, its number there, and its fields with those of the file's vendor."""

    file: RecordFile
    number: int
    row: Record

    @property
    def id(self) -> str:
        """Return the id of the record."""
        return str(self.row["id"])

    @property
    def adds(self) -> bool:
        """Tell whether the record only adds to one below it."""
        return bool(self.row.get("extends"))

    def texts(self, *fields: str) -> Iterator[str]:
        """Yield the values of list fields."""
        for field in fields:
            yield from self.row.get(field, ())

    def fault(self, code: str, at: str = "", /, **params: str) -> Fault:
        """Return a fault at a field of the record."""
        line = line_of(self.file, ("sdks", self.number, *([at] if at else [])))
        return Fault(code, self.file.path, line, (("record", self.id), *params.items()))


Finder = Callable[[Sequence[Entry], SdkBase | None], Iterable[Fault]]
