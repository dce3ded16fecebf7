"""Puts the compiled SDK records into the wheel, so that an installed mingcha compiles and writes nothing."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRecords(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the records while a wheel is built; pyproject.toml leaves the YAML files out of it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled index to a wheel; an editable install reads the records themselves."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "corpora"))
        from mingcha_corpora.sdks.compiling import compile_files
        from mingcha_corpora.sdks.files import read_files
        from mingcha_corpora.sdks.index import encode
        from mingcha_corpora.sdks.loading import INDEX, RECORDS

        self._folder = tempfile.TemporaryDirectory()
        made = Path(self._folder.name) / INDEX
        made.write_bytes(encode(compile_files(read_files(RECORDS))))
        build_data["force_include"][str(made)] = f"mingcha_corpora/sdks/{INDEX}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the index when the wheel is written."""
        if version != "editable":
            self._folder.cleanup()
