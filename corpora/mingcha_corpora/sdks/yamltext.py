"""Builds values from the YAML of a record file, event by event, so that no nesting and no alias can run away.

Record files hold mappings with words as keys, lists, words and flags. Anything else (numbers, dates, nothing) becomes
None, which no field may be.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from mingcha_corpora.sdks.faults import Fault, FaultyRecordsError, Place, RecordFile

MAX_BYTES = 16 << 20
_DEPTH = 8
_BOOL_TAG = "tag:yaml.org,2002:bool"
_TEXT_TAG = "tag:yaml.org,2002:str"
_TRUE = frozenset({"true", "yes", "on"})


def parse_file(file: RecordFile) -> Any:
    """Return what a file holds, as dictionaries, lists, text and flags; None for an empty one.

    Raises:
        FaultyRecordsError: it is no YAML, too large, nested too deep, repeats a key or uses an alias.
    """
    return _Builder(file).build()


def line_of(file: RecordFile, place: Place) -> int:
    """Return the line of a place such as ``("sdks", 3, "packages")``, or of the nearest above it that is there."""
    lines = _lines(file)
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


@lru_cache(maxsize=2)
def _lines(file: RecordFile) -> dict[Place, int]:
    lines: dict[Place, int] = {}
    _Builder(file, lines).build()
    return lines


class _Builder:
    """Makes the values of one file; ``lines`` is filled with the line of each place."""

    def __init__(self, file: RecordFile, lines: dict[Place, int] | None = None) -> None:
        self._file = file
        self._lines = lines
        self._root: list[Any] = []
        # Each open container with the key that waits for its value.
        self._open: list[tuple[dict[str, Any] | list[Any], list[str]]] = [(self._root, [])]

    def build(self) -> Any:
        """Return what the file holds; raises as ``parse_file``."""
        import yaml

        for event in self._events():
            line = event.start_mark.line + 1
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, yaml.MappingStartEvent):
                self._enter({}, line)
            elif isinstance(event, yaml.SequenceStartEvent):
                self._enter([], line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._leave()
            elif isinstance(event, yaml.AliasEvent):
                raise self._fault("sdk_yaml_anchor", line)
        return self._root[0] if self._root else None

    def _events(self) -> Iterator[Any]:
        import yaml

        if len(self._file.data) > MAX_BYTES:
            raise self._fault("sdk_file_large", 1, limit=f"{MAX_BYTES >> 20} MB")
        try:
            text = self._file.data.decode("utf-8-sig")
            yield from yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except UnicodeDecodeError as error:
            raise self._fault("sdk_yaml", self._file.data.count(b"\n", 0, error.start) + 1, fault="UTF-8") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = str(getattr(error, "problem", None) or error)
            raise self._fault("sdk_yaml", mark.line + 1 if mark else 1, fault=problem) from None

    def _scalar(self, event: Any, line: int) -> None:
        container, waiting = self._open[-1]
        if isinstance(container, dict) and not waiting:
            if event.value in container:
                raise self._fault("sdk_yaml_twice", line, field=event.value)
            waiting.append(event.value)
            self._note(line)
        else:
            self._put(event.value if event.style else _plain_value(event.value), line)

    def _enter(self, value: dict[str, Any] | list[Any], line: int) -> None:
        container, waiting = self._open[-1]
        if isinstance(container, dict) and not waiting:
            raise self._fault("sdk_yaml", line, fault="key")
        if len(self._open) > _DEPTH:
            raise self._fault("sdk_yaml", line, fault="depth")
        self._put(value, line)
        self._open.append((value, []))

    def _leave(self) -> None:
        self._open.pop()
        self._open[-1][1].clear()

    def _put(self, value: Any, line: int) -> None:
        container, waiting = self._open[-1]
        if isinstance(container, dict):
            container[waiting[0]] = value
            if not isinstance(value, dict | list):
                waiting.clear()
        elif container and container is self._root:
            raise self._fault("sdk_yaml", line, fault="---")
        else:
            container.append(value)
            self._note(line)

    def _note(self, line: int) -> None:
        if self._lines is not None:
            steps = (waiting[0] if waiting else len(container) - 1 for container, waiting in self._open[1:])
            self._lines[tuple(steps)] = line

    def _fault(self, code: str, line: int, **params: str) -> FaultyRecordsError:
        return FaultyRecordsError(Fault(code, self._file.path, line, tuple(params.items())))


@lru_cache(maxsize=4096)
def _plain_value(text: str) -> str | bool | None:
    """Return what a text without quotes is in YAML."""
    import yaml

    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, text, (True, False))
    if tag == _BOOL_TAG:
        return text.lower() in _TRUE
    return text if tag == _TEXT_TAG else None
