"""DEX files of SDK archives: as they are (D8), or shrunk and renamed behind a small driver class (ProGuard, R8).

What was built is kept in the cache under the hash of all that it was built from.
"""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.sdks.archives import MissingError, cache_folder, fetch_archive, keep
from benchmarks.sdks.drivers import DRIVER, compile_driver
from benchmarks.sdks.recipes import Archive
from benchmarks.sdks.tools import Batch, find_tools

_FOLDER = "sdks"
# Changes with what the builds look like, so that older ones are not taken for these.
_RECIPE = "1"


class Shrinking(StrEnum):
    """How an app's code was shrunk and renamed; keep rules name the driver class only."""

    PROGUARD = "proguard"
    R8 = "r8"
    R8_REPACKAGED = "r8-repackaged"


@dataclass(frozen=True, slots=True)
class Code:
    """DEX files, and which class each renamed one was before (empty where nothing was renamed)."""

    dexes: tuple[bytes, ...]
    former_names: dict[str, str]


def dex_archive(batch: Batch, archive: Archive) -> Code:
    """Return the code of an archive as D8 makes it.

    Raises:
        MissingError: it cannot be fetched or built.
    """
    key = _key("d8", archive.sha256)
    return _cached(key) or _keep(key, _run_d8(batch, fetch_archive(archive)), {})


def shrink_archives(batch: Batch, archives: Sequence[Archive], how: Shrinking, keeping: Sequence[str] = ()) -> Code:
    """Return the code of archives shrunk and renamed behind a driver; classes of ``keeping`` bear their names on.

    Raises:
        MissingError: one cannot be fetched or built.
    """
    key = _key(how.value, *(archive.sha256 for archive in archives), *keeping)
    if (kept := _cached(key)) is not None:
        return kept
    with tempfile.TemporaryDirectory(prefix="mingcha-sdks-") as name:
        folder = Path(name)
        inputs = [_as_jar(fetch_archive(archive), folder) for archive in archives]
        driver = compile_driver(archives, inputs, folder)
        rules = folder / "rules.pro"
        rules.write_text(_rules(how, keeping), "utf-8")
        if how is Shrinking.PROGUARD:
            dexes = _run_proguard(batch, [*inputs, driver], rules)
        else:
            dexes = _run_r8(batch, [*inputs, driver], rules)
        return _keep(key, dexes, _read_mapping(folder / "mapping.txt"))


def _rules(how: Shrinking, keeping: Sequence[str]) -> str:
    lines = ["-dontwarn **", "-ignorewarnings", "-dontnote **", f"-keep class {DRIVER} {{ *; }}"]
    lines += [f"-keep class {name} {{ <init>(); }}" for name in keeping]
    if how is Shrinking.PROGUARD:
        # As Android's own default rules for ProGuard have it.
        lines += ["-dontoptimize", "-dontpreverify", "-dontusemixedcaseclassnames"]
    if how is not Shrinking.R8:
        lines += ["-repackageclasses ''", "-allowaccessmodification"]
    return "\n".join(lines) + "\n"


def _run_d8(batch: Batch, *inputs: Path) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="mingcha-sdks-") as name:
        jars = [str(_as_jar(path, Path(name))) for path in inputs]
        words = ["--release", "--min-api", "26", "--no-desugaring", "--lib", str(find_tools().android)]
        return _outcome(batch.run("d8", *words, "--output", name, *jars), Path(name))


def _run_r8(batch: Batch, inputs: Sequence[Path], rules: Path) -> list[bytes]:
    folder = rules.parent
    words = ["--release", "--min-api", "26", "--no-desugaring", "--lib", str(find_tools().android)]
    words += ["--pg-conf", str(rules), "--pg-map-output", str(folder / "mapping.txt"), "--output", str(folder)]
    return _outcome(batch.run("r8", *words, *map(str, inputs)), folder)


def _run_proguard(batch: Batch, inputs: Sequence[Path], rules: Path) -> list[bytes]:
    out = rules.parent / "shrunk.jar"
    words = [f"@{rules}", "-libraryjars", str(find_tools().android), "-printmapping", str(out.with_name("mapping.txt"))]
    for path in inputs:
        words += ["-injars", f"{path}(**.class)"]
    if failure := batch.run("proguard", *words, "-outjars", str(out)):
        raise MissingError(failure)
    return _run_d8(batch, out)


def _outcome(failure: str | None, folder: Path) -> list[bytes]:
    dexes = [path.read_bytes() for path in sorted(folder.glob("classes*.dex"))]
    if failure is not None or not dexes:
        raise MissingError(failure or "no code came out")
    return dexes


def _as_jar(path: Path, folder: Path) -> Path:
    """Return a JAR with the classes of an archive alone; an AAR holds them in JARs of its own."""
    target = folder / f"{path.stem}.classes.jar"
    with zipfile.ZipFile(target, "w") as out:
        _copy_classes(path.read_bytes(), out, set())
    return target


def _copy_classes(data: bytes, out: zipfile.ZipFile, written: set[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith(".jar"):
                _copy_classes(archive.read(entry), out, written)
            elif entry.filename.endswith(".class") and entry.filename not in written:
                written.add(entry.filename)
                out.writestr(zipfile.ZipInfo(entry.filename), archive.read(entry))


def _read_mapping(path: Path) -> dict[str, str]:
    """Return the former name of each class by its name in the build, from a ProGuard mapping file."""
    pairs = (line[:-1].split(" -> ") for line in path.read_text("utf-8").splitlines() if line.endswith(":"))
    return {new: old for old, new in (pair for pair in pairs if len(pair) == 2 and not pair[0].startswith(" "))}


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join((_RECIPE, *parts)).encode()).hexdigest()


def _cached(key: str) -> Code | None:
    path = cache_folder() / _FOLDER / f"{key}.zip"
    if not path.exists():
        return None
    with zipfile.ZipFile(path) as archive:
        names = archive.read("names.txt").decode().splitlines()
        dexes = tuple(archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".dex"))
    return Code(dexes, dict(line.split("\t") for line in names))


def _keep(key: str, dexes: Sequence[bytes], former_names: dict[str, str]) -> Code:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, dex in enumerate(dexes):
            archive.writestr(zipfile.ZipInfo(f"{number:03}.dex"), dex, zipfile.ZIP_DEFLATED)
        names = "\n".join(f"{new}\t{old}" for new, old in former_names.items())
        archive.writestr(zipfile.ZipInfo("names.txt"), names, zipfile.ZIP_DEFLATED)
    keep(buffer.getvalue(), f"{_FOLDER}/{key}.zip")
    return Code(tuple(dexes), former_names)
