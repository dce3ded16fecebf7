"""The packages of the benchmark with their truth: archives alone and mixed, real packages, store-like ones."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.sdks.archives import MissingError, cache_folder, fetch_archive
from benchmarks.sdks.building import Code, dex_archive
from benchmarks.sdks.classes import ClassFile, find_components, read_classes
from benchmarks.sdks.mixing import mix_archives
from benchmarks.sdks.packages import make_package
from benchmarks.sdks.recipes import Archive, load_recipes
from benchmarks.sdks.tools import Batch

TRUTH = Path(__file__).with_name("packages.yaml")
REAL_PACKAGES = Path(__file__).resolve().parents[2] / "tests" / "real_packages.yaml"

TrueOwner = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One package: ``inside`` are the records whose code it holds, ``allowed`` those that are neither right nor wrong.

    ``owner_of`` says whose the dotted class of a build truly is; absent where only names are known.
    """

    name: str
    data: bytes
    inside: frozenset[str]
    allowed: frozenset[str] = frozenset()
    owner_of: TrueOwner | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A package that could not be had, and why."""

    name: str
    reason: str


Cases = Iterator[Case | Missing]


@cache
def classes_of(archive: Archive) -> Mapping[str, ClassFile]:
    """Return the classes of an archive by name."""
    return {each.name: each for each in read_classes(fetch_archive(archive).read_bytes())}


def make_alone(batch: Batch) -> Cases:
    """Yield a package for each archive."""
    for archive in load_recipes():
        yield _made(batch, archive.id, [archive])


def make_mixed(batch: Batch) -> Cases:
    """Yield the made apps with several archives each; archives that cannot be had are in none."""
    ready = [archive for archive in load_recipes() if _is_ready(batch, archive)]
    names = {archive.id: frozenset(classes_of(archive)) for archive in ready}
    for number, archives in enumerate(mix_archives(ready, names), 1):
        yield _made(batch, f"mixed-{number:02}", archives)


def _is_ready(batch: Batch, archive: Archive) -> bool:
    try:
        dex_archive(batch, archive)
    except MissingError:
        return False
    return True


def _made(batch: Batch, name: str, archives: Sequence[Archive]) -> Case | Missing:
    try:
        codes = [dex_archive(batch, archive) for archive in archives]
    except MissingError as error:
        return Missing(name, str(error))
    components = [pair for archive in archives for pair in find_components(classes_of(archive))]
    return make_case(name, archives, codes, components)


def make_case(
    name: str,
    archives: Sequence[Archive],
    codes: Sequence[Code],
    components: Sequence[tuple[str, str]],
    *,
    with_files: bool = True,
) -> Case:
    """Return a made package with the code of archives; ``with_files``: and all else of them."""
    contents = [fetch_archive(archive).read_bytes() for archive in archives] if with_files else []
    data = make_package([dex for code in codes for dex in code.dexes], components, contents)
    former = {new: old for code in codes for new, old in code.former_names.items()}
    homes = {each: archive for archive in archives for each in classes_of(archive)}

    def owner_of(name: str) -> str | None:
        original = former.get(name, name)
        archive = homes.get(original)
        return archive.owner_of(original) if archive is not None else "app"

    return Case(name, data, frozenset().union(*(archive.ids for archive in archives)), frozenset(), owner_of)


def read_real() -> Cases:
    """Yield the real packages of the tests, those of them that are in the cache."""
    rows: Mapping[str, Any] = yaml.safe_load(REAL_PACKAGES.read_text("utf-8"))["packages"]
    truths = _truths()
    for name, row in rows.items():
        path = cache_folder() / f"{row['sha256']}.apk"
        if not path.exists():
            yield Missing(name, "not in the cache; the tests fetch it")
            continue
        truth = truths.get(name, {})
        yield Case(name, path.read_bytes(), frozenset(truth.get("inside", ())), frozenset(truth.get("allowed", ())))


def read_store_like(folder: Path, truth: Path) -> Cases:
    """Yield the packages of a truth file (one JSON record a line); only SDKs with personal data are scored on them."""
    truths = _truths()
    for line in truth.read_text("utf-8").splitlines():
        record = json.loads(line)
        path = folder / f"{record['id']}.apk"
        if not path.exists():
            yield Missing(record["id"], f"not in {folder}")
            continue
        facts = record["truth"]
        embedded = {each.get("sdk_id") or each.get("id") for each in facts.get("embedded_inside_others", ())}
        seen = truths.get(record["id"], {})
        inside = frozenset((*facts["personal_data_sdk_ids"], *seen.get("inside", ())))
        allowed = embedded | set(seen.get("allowed", ()))
        yield Case(record["id"], path.read_bytes(), inside, frozenset(filter(None, allowed)) - inside)


def _truths() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(TRUTH.read_text("utf-8"))
    return loaded
