"""The SDK archives of the benchmark: where each is fetched from and whose code it holds (recipes.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

TABLE = Path(__file__).with_name("recipes.yaml")


@dataclass(frozen=True, slots=True, eq=False)
class Archive:
    """One JAR or AAR inside an npm package.

    ``owner``: the record that its classes belong to but those below a prefix of ``parts``, which are code of others
    (None: of no record). ``version`` is empty where nothing says it.
    """

    id: str
    owner: str
    version: str
    parts: Mapping[str, str | None]
    package: str
    path: str
    sha256: str
    size: int

    @property
    def ids(self) -> frozenset[str]:
        """Return the records whose code lies inside."""
        return frozenset((self.owner, *(part for part in self.parts.values() if part is not None)))

    @property
    def suffix(self) -> str:
        """Return the ending of its name: ``.jar`` or ``.aar``."""
        return self.path[-4:].lower()

    def owner_of(self, name: str) -> str | None:
        """Return whose the dotted class is, None when it is of no record."""
        prefix = name
        while prefix:
            if prefix in self.parts:
                return self.parts[prefix]
            prefix = prefix.rpartition(".")[0]
        return self.owner


@cache
def load_recipes() -> tuple[Archive, ...]:
    """Return all archives, in the order of the file."""
    rows = yaml.safe_load(TABLE.read_text("utf-8"))
    return tuple(
        Archive(
            id=row["id"],
            owner=row["owner"],
            version=row.get("version", ""),
            parts=row.get("parts", {}),
            package=row["package"],
            path=row["path"],
            sha256=row["sha256"],
            size=row["size"],
        )
        for row in rows
    )
