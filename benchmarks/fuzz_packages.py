"""Damaged packages through the whole reader, the rules and the encoder: whether one raises or takes too much.

    python -m benchmarks.fuzz_packages --seconds 300 samples/apps/*.apk FILE...

Each input is a package (or a container of such) with its bytes changed, or with one to three of its entries changed and
the archive made anew. The same seed gives the same inputs. An input that fails is kept with ``--keep``.
"""

import argparse
import io
import json
import random
import signal
import sys
import time
import traceback
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import jsonschema

from benchmarks.fuzz import Tally, change_words, cut, repeat_part
from benchmarks.jobs import peak, start_of_peak
from mingcha.codec import encode_result
from mingcha.result import SCHEMA_VERSION, Result
from mingcha.schema import SCHEMA_FILE
from mingcha.versions import tool_info
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError
from mingcha_rules.engine import assess

# What one input may take.
SECONDS, MEGABYTES = 5.0, 1024
AS_OF = "2026-01-01"
_HANGS = 30
# The parts of a package in which damage tells most are chosen this much more often than others.
_TELLING = ("AndroidManifest.xml", "resources.", ".json", ".pb", ".dex", "res/layout", "res/xml", "assets/", ".apk")
_WEIGHT = 8
# Half a surrogate pair as it stands in MUTF-8, text that turns its direction, marks of control, a lone continuation.
_TEXTS = (
    b"\xed\xa0\x80", "\u202e\u2066\u200f".encode(), b"\0\x01\x1b[31m\r\n", b"\xff\xfe", b"\x80", b"http://a.cn/" * 64,
    b"<" * 512, b"[" * 4096, b'{"a":' * 4096, "隐私政策".encode() * 32, b"\x0a\xff\xff\xff\xff\x0f", b"\\ud800",
)  # fmt: skip


def damage_package(dice: random.Random, data: bytes) -> bytes:
    """Return a damaged copy: of the bytes as they are, else of entries in an archive that is whole."""
    if dice.random() < 0.25:
        return _damage_bytes(dice, data)
    return _damage_entries(dice, data)


def _damage_bytes(dice: random.Random, data: bytes) -> bytes:
    """Change bytes anywhere, or near the end, where the directory and the signing block stand."""
    changed = bytearray(data)
    if dice.random() < 0.2:
        cut(dice, changed)
        return bytes(changed)
    first = dice.choice((0, max(0, len(data) - 8192)))
    for _ in range(dice.randint(1, 24)):
        changed[dice.randrange(first, len(data))] = dice.randrange(256)
    return bytes(changed)


def _damage_entries(dice: random.Random, data: bytes) -> bytes:
    try:
        entries = _entries(data)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error):  # A package inside that was damaged before.
        return _damage_bytes(dice, data)
    names = list(entries)
    weights = [_WEIGHT if any(part in name for part in _TELLING) else 1 for name in names]
    for name in dice.choices(names, weights, k=dice.randint(1, 3)):
        if name.endswith(".apk") and zipfile.is_zipfile(io.BytesIO(entries.get(name, b""))):
            entries[name] = damage_package(dice, entries[name])
        else:
            entries[name] = _damage_entry(dice, entries.get(name, b""))
    if dice.random() < 0.1:
        _rename(dice, entries)
    return _zipped(entries)


def _damage_entry(dice: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    if len(changed) < 256:
        return bytes(changed) + dice.choice(_TEXTS)
    for _ in range(dice.randint(1, 3)):
        dice.choice((_bytes, change_words, repeat_part, _insert, _overwrite, cut))(dice, changed)
        if len(changed) < 256:
            break
    return bytes(changed)


def _bytes(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.randint(1, 32)):
        data[dice.randrange(len(data))] = dice.randrange(256)


def _insert(dice: random.Random, data: bytearray) -> None:
    place = dice.randrange(len(data))
    data[place:place] = dice.choice(_TEXTS)


def _overwrite(dice: random.Random, data: bytearray) -> None:
    """Put a text over others, so that what stands behind it keeps its place."""
    text = dice.choice(_TEXTS)[:64]
    for _ in range(dice.randint(1, 8)):
        place = dice.randrange(len(data))
        data[place : place + len(text)] = text[: len(data) - place]


def _rename(dice: random.Random, entries: dict[str, bytes]) -> None:
    """Give an entry a name that no store would take, or that of another kind of file."""
    name = dice.choice(sorted(entries))
    odd = ("../../etc/passwd", "res/\u202exml.a", "classes2.dex", "base.apk", "a" * 60000, "assets/a.js", "module.json")
    entries[dice.choice(odd)] = entries.pop(name)


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def read_one(data: bytes, validator: jsonschema.Draft202012Validator) -> str:
    """Return in a word what came of an input; whatever it raises is a bug, unless the input is refused."""
    try:
        app = read_app(SourceFile("fuzzed", data))
    except UnreadableInputError as error:
        return f"refused: {error.code}"
    assessment = assess(None, app, as_of=AS_OF)
    result = Result(SCHEMA_VERSION, tool_info(), AS_OF, (), None, app, assessment)
    validator.validate(json.loads(encode_result(result)))
    return "read, with limits" if app.limits else "read"


def fuzz(seeds: Sequence[bytes], seed: int, until: float, inputs: int, keep: Path | None) -> Tally:
    """Damage and read packages until the time ``until`` (of the monotonic clock) or so many ``inputs``."""
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text("utf-8")))
    tally = Tally()
    for data in seeds:  # The first one loads knowledge; none may fail.
        read_one(data, validator)
    while time.monotonic() < until and tally.inputs < inputs:
        dice = random.Random(f"{seed}-{tally.inputs}")
        data = damage_package(dice, dice.choice(seeds))
        fault = _measure(data, validator, tally)
        if fault is not None:
            tally.failures.append(f"seed {seed}, input {tally.inputs}: {fault}")
            if keep is not None:
                (keep / f"{seed}-{tally.inputs}.apk").write_bytes(data)
        tally.inputs += 1
    return tally


def _measure(data: bytes, validator: jsonschema.Draft202012Validator, tally: Tally) -> str | None:
    """Read one input; return what is wrong with how that went."""
    held, begin = start_of_peak(), time.process_time()
    signal.alarm(_HANGS)
    try:
        tally.outcomes[read_one(data, validator)] += 1
    except BaseException:  # Whatever it is, it should not have left.
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    seconds, taken = time.process_time() - begin, peak() - held
    tally.slowest, tally.largest = max(tally.slowest, seconds), max(tally.largest, taken)
    if seconds > SECONDS:
        return f"{seconds:.1f} s"
    return f"{taken:.0f} MB" if taken > MEGABYTES else None


def _stop(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Fuzz and print what came of it; ends with 1 when an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for inputs that fail")
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _stop)
    seeds = [path.read_bytes() for path in options.packages]
    tally = fuzz(seeds, options.seed, time.monotonic() + options.seconds, sys.maxsize, options.keep)
    print(f"{tally.inputs} inputs, {len(tally.failures)} failed")
    print(f"slowest: {tally.slowest:.1f} s; most memory: {tally.largest:.0f} MB")
    for kind, count in tally.outcomes.most_common():
        print(f"{count:8} {kind}")
    for failure in tally.failures[:20]:
        print(failure)
    sys.exit(1 if tally.failures else 0)


if __name__ == "__main__":
    main()
