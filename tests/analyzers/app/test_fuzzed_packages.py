"""A short, fixed slice of the damaged packages that ``python -m benchmarks.fuzz_packages`` makes without end."""

import json
import time

from benchmarks.fuzz_packages import fuzz

from analyzers.app import containers
from analyzers.app.packages import zipped

INPUTS = 80
HARMONY = {"app": {"bundleName": "cn.example.harmony"}, "module": {"name": "entry", "type": "entry"}}


def test_damaged_packages_are_read_or_refused_and_their_results_are_valid() -> None:
    forms = [make() for _, make in containers.FORMS.values()]
    seeds = [containers.sample(), zipped({"module.json": json.dumps(HARMONY).encode()}), *forms]
    tally = fuzz(seeds, seed=7, until=time.monotonic() + 60, inputs=INPUTS, keep=None)
    assert tally.failures == []
    assert sum(tally.outcomes.values()) == INPUTS
    assert len(tally.outcomes) > 3
