"""Damaged DEX files through the whole code stage: what comes of them, and whether one raises or takes too much.

    python -m benchmarks.fuzz --seconds 300 samples/apps/careless.apk APK...

Each input is a DEX file of one of the packages with some of its bytes, header words or table words changed, parts
repeated or cut off; the checksum is put right, so that nothing is refused for it alone. The same seed gives the same
inputs. An input that fails is kept with ``--keep`` and printed as seed and number.
"""

import argparse
import random
import signal
import struct
import sys
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.jobs import MB, peak, start_of_peak
from benchmarks.references import read_dexes
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_corpora.sdks import load_sdk_base

# An input may take so many times what its undamaged file takes, and so long beside.
SLOWER, SECONDS = 20, 2.0
# Memory it may take: so many times its bytes, and so much beside.
LARGER, MEGABYTES = 24, 200
_HANGS = 60
_HEADER = 0x70
_TABLES = range(0x38, 0x68, 8)
_TELLING = (0, 1, 2, 0x7F, 0x80, 0xFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)

Change = Callable[[random.Random, bytearray], None]


@dataclass(slots=True)
class Tally:
    """What came of the inputs."""

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    largest: float = 0.0
    failures: list[str] = field(default_factory=list)


def change_bytes(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.randint(1, 64)):
        data[dice.randrange(_HEADER, len(data))] = dice.randrange(256)


def change_header(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.randint(1, 3)):
        place = 4 * dice.randrange(8, _HEADER // 4)
        struct.pack_into("<I", data, place, _word(dice, data, place))


def change_table(dice: random.Random, data: bytearray) -> None:
    """Change words of one table: offsets of strings, types, prototypes, members, classes."""
    count, offset = struct.unpack_from("<2I", data, dice.choice(_TABLES))
    last = min(offset + 32 * count, len(data)) - 4
    for _ in range(dice.randint(1, 40)):
        place = dice.randrange(offset, last) & ~3 if offset < last else 4 * dice.randrange(_HEADER // 4)
        struct.pack_into("<I", data, place, _word(dice, data, place))


def change_words(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.randint(1, 40)):
        place = 4 * dice.randrange(_HEADER // 4, len(data) // 4)
        struct.pack_into("<I", data, place, _word(dice, data, place))


def _word(dice: random.Random, data: bytearray, place: int) -> int:
    """Return a value that tells on careless readers, or one near that of before."""
    (before,) = struct.unpack_from("<I", data, place)
    near = before + dice.choice((-4, -1, 1, 4, 16))
    return dice.choice((*_TELLING, len(data), len(data) - 4, dice.randrange(len(data)), near & 0xFFFFFFFF))


def share_items(dice: random.Random, data: bytearray) -> None:
    """Let many definitions of classes share their data, their interfaces or their superclass."""
    count, offset = struct.unpack_from("<2I", data, 0x60)
    if not count or offset + 32 * count > len(data):
        return
    column = dice.choice((0, 8, 12, 24, 28))
    (value,) = struct.unpack_from("<I", data, offset + 32 * dice.randrange(count) + column)
    for number in range(dice.randrange(count), count):
        struct.pack_into("<I", data, offset + 32 * number + column, value)


def repeat_part(dice: random.Random, data: bytearray) -> None:
    size = min(dice.choice((16, 256, 4096)), len(data) - _HEADER)
    source, target = (dice.randrange(_HEADER, len(data) - size + 1) for _ in range(2))
    data[target : target + size] = data[source : source + size]


def cut(dice: random.Random, data: bytearray) -> None:
    del data[dice.randrange(_HEADER, len(data)) :]


CHANGES: tuple[Change, ...] = (
    change_bytes, change_header, change_table, change_words, share_items, repeat_part, cut,
)  # fmt: skip


def damage(dice: random.Random, data: bytes) -> bytes:
    """Return a damaged copy whose size and checksum are right."""
    changed = bytearray(data)
    for change in dice.choices(CHANGES, k=dice.randint(1, 3)):
        change(dice, changed)
        if len(changed) <= _HEADER + 64:
            break
    if len(changed) >= _HEADER and dice.random() < 0.9:
        struct.pack_into("<I", changed, 32, len(changed))
        struct.pack_into("<I", changed, 8, zlib.adler32(changed[12:]))
    return bytes(changed)


def run_one(data: bytes, tally: Tally, allowed: float) -> str | None:
    """Read one input; return what is wrong with how that went."""
    held, begin = start_of_peak(), time.process_time()
    signal.alarm(_HANGS)
    try:
        found = find_observations(
            [("classes.dex", data)],
            owners=Owners("cn.example.taihen", (), load_sdk_base()),
            components=(),
            target_sdk=30,
        )
    except BaseException:  # Whatever it is, it should not have left.
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    seconds, taken = time.process_time() - begin, peak() - held
    tally.slowest, tally.largest = max(tally.slowest, seconds / allowed), max(tally.largest, taken)
    reasons = {limit.reason for limit in found.limits}
    tally.reasons.update(reasons)
    whole = "observations" if found.observations else "nothing seen"
    tally.outcomes[f"{'damage noted' if reasons else 'no damage noted'}, {whole}"] += 1
    if seconds > allowed:
        return f"{seconds:.1f} s of {allowed:.1f}"
    if taken > LARGER * len(data) / MB + MEGABYTES:
        return f"{taken:.0f} MB for {len(data) / MB:.1f}"
    return None


def fuzz(apks: Sequence[str], seed: int, seconds: float, keep: Path | None) -> Tally:
    """Damage and read the DEX files of packages until the time is up."""
    signal.signal(signal.SIGALRM, _stop)
    seeds = [data for apk in apks for _, data in read_dexes(apk)]
    tally = Tally()
    allowed = [_time_of(data) * SLOWER + SECONDS for data in seeds]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        dice = random.Random(f"{seed}-{tally.inputs}")
        number = dice.randrange(len(seeds))
        data = damage(dice, seeds[number])
        fault = run_one(data, tally, allowed[number])
        if fault is not None:
            tally.failures.append(f"seed {seed}, input {tally.inputs}: {fault}")
            if keep is not None:
                (keep / f"{seed}-{tally.inputs}.dex").write_bytes(data)
        tally.inputs += 1
    return tally


def _time_of(data: bytes) -> float:
    for _ in range(2):  # The first one loads knowledge.
        begin = time.process_time()
        run_one(data, Tally(), 1e9)
    return time.process_time() - begin


def _stop(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Fuzz and print what came of it; ends with 1 when an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("apks", nargs="+", metavar="APK")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for inputs that fail")
    options = parser.parse_args()
    tally = fuzz(options.apks, options.seed, options.seconds, options.keep)
    print(f"{tally.inputs} inputs, {len(tally.failures)} failed")
    print(f"slowest: {tally.slowest:.0%} of its time; most memory: {tally.largest:.0f} MB")
    for kind, count in (*tally.outcomes.most_common(), *tally.reasons.most_common()):
        print(f"{count:8} {kind}")
    for failure in tally.failures[:20]:
        print(failure)
    sys.exit(1 if tally.failures else 0)


if __name__ == "__main__":
    main()
