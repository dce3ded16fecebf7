"""Values of records that may hold ``*``, looked up among the names of a package."""

import re
from collections.abc import Collection, Iterable, Iterator


class Patterns:
    """Values in which ``*`` stands for any characters."""

    __slots__ = ("_any", "_exact", "_wild")

    def __init__(self, values: Collection[str]) -> None:
        wild = sorted(value for value in values if "*" in value)
        self._exact = {value for value in values if "*" not in value}
        self._wild = [(re.compile(_expression(value)), value) for value in wild]
        # One look tells most names apart from all patterns.
        self._any = re.compile("|".join(f"(?:{_expression(value)})" for value in wild)) if wild else None

    def find(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield each name with the values that fit it."""
        for name in names:
            if name in self._exact:
                yield name, name
            if self._any is not None and self._any.fullmatch(name):
                yield from ((name, value) for pattern, value in self._wild if pattern.fullmatch(name))


def _expression(value: str) -> str:
    return re.escape(value).replace(r"\*", ".*")
