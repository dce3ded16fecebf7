"""Every real policy beside the checkout: read without a crash, with an outline, in order."""

import time
from pathlib import Path

import pytest

from analyzers.policy.layout.policy_invariants import hold_invariants
from mingcha_analyzers.policy.reader import read_documents
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError

_DATA = Path(__file__).parents[5] / "shared" / "data"
_FILES = sorted(
    path for path in _DATA.glob("policies_*/*") if path.suffix in (".txt", ".md", ".html") and path.stem != "README"
)

# Pages whose text is filled in by script.
_SHELLS = {f"html-{name}.html" for name in ("55925f0d", "559a35fe", "b2f39476", "ca5ad9ca")}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not _FILES, reason=f"no policies in {_DATA}"),
]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_real_policy_is_read(path: Path) -> None:
    started = time.process_time()
    file = SourceFile(path.name, path.read_bytes())
    if path.name in _SHELLS:
        with pytest.raises(UnreadableInputError, match="policy_no_text"):
            read_documents([file])
        return
    (found,) = read_documents([file])
    hold_invariants(found)
    assert found.outline
    assert time.process_time() - started < 3
