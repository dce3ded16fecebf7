"""How far the accesses found in packages agree with calls that were read from the same packages by other means.

``python -m benchmarks.accesses TRUTH.jsonl FOLDER``: one record a line, with ``id`` (the package is FOLDER/id.apk),
``measured_calls`` (kind of data to owner to number of classes) and ``truth.own_code_calls`` (kind and classes of the
app's own code). Compared are pairs of kind and owner. Both files are other people's: they lie beside the checkout, if
at all.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import Observation
from mingcha_analyzers.values import SourceFile

# The truth's kinds and our items; a kind holds what its calls may give.
ITEMS = {
    "IMEI": {"device.imei"},
    "IMSI": {"device.imsi"},
    "MAC": {"device.mac"},
    "MAC and WiFi": {"device.mac", "network.ssid"},
    "SIM serial": {"device.iccid"},
    "Settings.Secure (ANDROID_ID or other)": {"device.android_id", "device.settings"},
    "WiFi BSSID": {"network.bssid"},
    "WiFi SSID": {"network.ssid"},
    "WiFi scan": {"network.wifi_list"},
    "camera": {"media.camera"},
    "cell": {"location.cell"},
    "installed apps": {"app.installed_list"},
    "location": {"location.precise", "location.coarse"},
    "microphone": {"media.audio_record"},
    "phone number": {"basic.phone"},
    "running apps": {"app.running_list"},
    "sensor": {"device.sensor_motion"},
    "call log": {"comm.call_log"},
    "contacts": {"contacts.address_book"},
}
PLATFORM = frozenset(("support-library", "appcompat", "jetpack-core", "jetpack-media"))
# Seen at all, and seen by a call or field of the framework as the truth's measure sees it.
SEEN, DIRECT = 0.3, 0.85

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of one package: right, found under another owner, missed, and found by direct calls beyond the truth."""

    right: set[Pair]
    other_owner: set[Pair]
    missed: set[Pair]
    beyond: set[Pair]


def score(record: dict[str, Any], observations: Iterable[Observation]) -> Score:
    """Return how the accesses of one package agree with its record."""
    told = set(_told(record))
    rows = [each for each in observations if each.data_item and each.confidence >= SEEN]
    right = {pair for pair in told if any(_is(each, pair[0]) and _owned(each, pair[1]) for each in rows)}
    elsewhere = {pair for pair in told - right if any(_is(each, pair[0]) for each in rows)}
    kinds = set(record["measured_calls"])
    direct = [each for each in rows if each.confidence >= DIRECT and each.api.startswith("L")]
    beyond = {
        (kind, each.owner)
        for each in direct
        for kind in kinds
        if _is(each, kind) and not any(_owned(each, owner) for known, owner in told if known == kind)
    }
    return Score(right, elsewhere, told - right - elsewhere, beyond)


def _told(record: dict[str, Any]) -> Iterator[Pair]:
    for kind, owners in record["measured_calls"].items():
        yield from ((kind, owner) for owner in owners)
    for own in record["truth"]["own_code_calls"]:
        if own["class_in_apk"]:
            yield own["kind"], "app"


def _is(seen: Observation, kind: str) -> bool:
    return seen.data_item in ITEMS[kind]


def _owned(seen: Observation, owner: str) -> bool:
    if owner in PLATFORM:
        return seen.owner == "platform"
    if owner.startswith("package "):
        # The base may know by now whose package it is.
        return (seen.place.class_ or "").startswith(owner.split()[1])
    return seen.owner == (owner if owner == "app" else f"sdk:{owner}")


def main() -> None:
    """Print a line for each package and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", action="store_true", help="also name the pairs that do not agree")
    options = parser.parse_args()
    print("| package | pairs | right | other owner | missed | beyond |\n| --- | --- | --- | --- | --- | --- |")
    total = [0] * 5
    for line in options.truth.read_text("utf-8").splitlines():
        record = json.loads(line)
        path = options.folder / f"{record['id']}.apk"
        if not path.exists():
            continue
        found = score(record, read_app(SourceFile(path.name, path.read_bytes())).observations)
        groups = (found.right, found.other_owner, found.missed, found.beyond)
        counts = [sum(map(len, groups[:3])), *map(len, groups)]
        total = [before + more for before, more in zip(total, counts, strict=True)]
        print(f"| {record['id']} | {' | '.join(map(str, counts))} |")
        if options.pairs:
            print(
                *(
                    f"    {name}: {sorted(group)}"
                    for name, group in zip(("owner", "missed", "beyond"), groups[1:], strict=True)
                ),
                sep="\n",
            )
    print(f"| all | {' | '.join(map(str, total))} |")


if __name__ == "__main__":
    main()
