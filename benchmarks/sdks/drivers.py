"""The app code of a shrunk build: one activity that calls a few public methods of each archive, drawn by a fixed seed.

Keep rules name this class alone, so that a shrinker keeps what an app that uses the SDK would keep.
"""

import random
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.sdks.archives import MissingError
from benchmarks.sdks.classes import read_classes
from benchmarks.sdks.recipes import Archive
from benchmarks.sdks.tools import find_tools, run_jdk

DRIVER = "cn.made.app.MainActivity"
_FRAME = Path(__file__).with_name("MainActivity.java")
_MARK = "// calls"
_CLASSES, _METHODS, _CONSTRUCTORS, _OF_OBJECTS, _LEAST_NAME = 60, 24, 6, 40, 3
_OF_ENUMS = ("values", "valueOf")
_SIGNATURE = re.compile(
    r"^  public (static )?(?:abstract |final |native |synchronized )*(?:(\S+) )?([\w.$]+)\(([^)]*)\)"
)
_HEADER = re.compile(r"^public (?:abstract )?(?:final )?(?:class|interface) (\S+)")
_ERROR = re.compile(r"MainActivity\.java:(\d+): error")
# Values that no shrinker can know: what is called with a known null may be found dead, and be dropped.
_VALUES = {
    "android.content.Context": "this",
    "android.app.Activity": "this",
    "boolean": "number() > 0",
    "double": "number()",
    "float": "number()",
    "int": "number()",
    "java.lang.String": "text()",
    "long": "number()",
}


def compile_driver(archives: Sequence[Archive], jars: Sequence[Path], folder: Path) -> Path:
    """Return a JAR with the driver class for some archives, whose classes lie in ``jars``.

    Raises:
        MissingError: no call of an archive could be compiled.
    """
    calls = [call for archive, jar in zip(archives, jars, strict=True) for call in _draw_calls(archive, jar)]
    source = folder / "MainActivity.java"
    class_path = ":".join(map(str, (find_tools().android, *jars)))
    out = folder / "driver"
    out.mkdir()
    first = _FRAME.read_text("utf-8").splitlines().index(_MARK) + 1
    while calls:
        source.write_text(_source(calls), "utf-8")
        done = run_jdk(
            "javac", ["--release", "8", "-nowarn", "-Xmaxerrs", "1000", "-cp", class_path, "-d", str(out), str(source)]
        )
        if done.returncode == 0:
            return _packed(out)
        wrong = {int(number) for number in _ERROR.findall(done.stderr)}
        remaining = [call for number, call in enumerate(calls, first) if number not in wrong]
        if len(remaining) == len(calls):
            break
        calls = remaining
    raise MissingError(f"no driver compiles for {', '.join(archive.id for archive in archives)}")


def _source(calls: Sequence[str]) -> str:
    """Return the driver's source; each call stands on a line of its own."""
    return _FRAME.read_text("utf-8").replace(_MARK, "\n".join(calls))


def _draw_calls(archive: Archive, jar: Path) -> list[str]:
    """Return statements that call the archive's owner: static methods, constructors, then methods of objects."""
    dice = random.Random(archive.id)
    named = sorted(
        (each.name, each.abstract)
        for each in read_classes(jar.read_bytes())
        if each.public and archive.owner_of(each.name) == archive.owner and "$" not in each.name
    )
    words = [pair for pair in named if _is_api(pair[0])] or [
        pair for pair in named if _is_word(pair[0].rpartition(".")[2])
    ]
    names = [name for name, abstract in words if not abstract]
    # Entry points stand in packages of few labels; deep ones are the works inside.
    dice.shuffle(names)
    names.sort(key=lambda name: name.count("."))
    starting = [each for each in _show(names[:_CLASSES], jar) if not _is_of_object(each)]
    dice.shuffle(starting)
    # What starts an SDK takes a context; constructors come last.
    starting.sort(key=lambda statement: (" new " in statement, "(this" not in statement))
    starting = starting[:_METHODS] + starting[_METHODS:][-_CONSTRUCTORS:]
    if sum(" new " not in each for each in starting) >= _METHODS // 2:
        return starting
    # An SDK with few static methods is used through its objects.
    using = sorted(filter(_is_of_object, _show([name for name, _ in words], jar)))
    return starting + dice.sample(using, min(_OF_OBJECTS, len(using)))


def _show(names: Sequence[str], jar: Path) -> list[str]:
    if not names:
        return []
    shown = run_jdk("javap", ["-public", "-cp", f"{jar}:{find_tools().android}", *names]).stdout
    return list(draw_statements(shown.splitlines()))


def _is_of_object(statement: str) -> bool:
    return statement.startswith("((")


def _is_api(name: str) -> bool:
    """Return whether no label below the vendor's was renamed; a vendor may have short ones of its own (mm)."""
    return all(_is_word(label) for label in name.split(".")[2:])


def _is_word(label: str) -> bool:
    return len(label) >= _LEAST_NAME


def draw_statements(lines: Iterable[str]) -> Iterator[str]:
    """Yield a Java statement for each public method and constructor that ``javap`` shows."""
    owner = ""
    for line in lines:
        if header := _HEADER.match(line):
            owner = header[1]
        elif (signature := _SIGNATURE.match(line)) and owner:
            static, result, name, parameters = signature.groups()
            values = ", ".join(_value(kind) for kind in parameters.split(", ") if kind)
            if static and len(name) >= _LEAST_NAME and name not in _OF_ENUMS:
                call = f"{owner}.{name}({values})"
                yield f"{call};" if result == "void" else f"kept = {call};"
            elif not static and name == owner and result is None:
                yield f"kept = new {owner}({values});"
            elif not static and result is not None and len(name) >= _LEAST_NAME:
                yield f"(({owner}) kept).{name}({values});"


def _value(kind: str) -> str:
    kind = kind.replace("$", ".")
    if kind.endswith("..."):
        kind = f"{kind[:-3]}[]"
    if kind in ("byte", "char", "short"):
        return f"({kind}) number()"
    return _VALUES.get(kind) or f"({kind}) kept"


def _packed(folder: Path) -> Path:
    path = folder.with_suffix(".jar")
    with zipfile.ZipFile(path, "w") as out:
        for each in sorted(folder.rglob("*.class")):
            out.write(each, str(each.relative_to(folder)))
    return path
