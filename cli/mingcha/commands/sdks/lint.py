"""``mingcha sdks lint``: what is wrong in files of SDK records."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from mingcha.commands.options import make_command, message_options
from mingcha.exit_status import CLEAN, FOUND
from mingcha.failures import sentence
from mingcha.main import Settings
from mingcha.output import write_stdout
from mingcha.pipeline import read_source
from mingcha.result import InputRole
from mingcha.sdk_layers import files_below
from mingcha.words import Phrases
from mingcha_corpora.errors import UsageError
from mingcha_corpora.sdks import RecordFile, load_shipped_base
from mingcha_corpora.sdks.faults import Fault, holds_records
from mingcha_corpora.sdks.files import read_files
from mingcha_corpora.sdks.lint import lint_files
from mingcha_corpora.sdks.loading import RECORDS


@make_command("lint")
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]…")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@message_options
@click.pass_obj
def command(settings: Settings, paths: tuple[str, ...], form: str) -> None:
    """Check the shipped records, or files of records that are laid over them."""
    words = Phrases(settings.lang)
    faults = _lint_layers(paths) if paths else _lint_shipped()
    if form == "json":
        write_stdout(json.dumps([_row(fault) for fault in faults], ensure_ascii=False, indent=2) + "\n")
    else:
        said = [sentence(fault.code, _params(fault), settings.lang) for fault in faults]
        said.append(words("sdks.lint.found", count=len(faults)) if faults else words("sdks.lint.clean"))
        write_stdout("\n".join(said) + "\n")
    sys.exit(FOUND if faults else CLEAN)


def _lint_layers(paths: Sequence[str]) -> tuple[Fault, ...]:
    sources = [read_source(path, InputRole.SDK_BASE) for path in files_below(paths)]
    files = [RecordFile(source.path, source.data) for source in sources]
    return lint_files(list(filter(holds_records, files)), load_shipped_base())


def _lint_shipped() -> tuple[Fault, ...]:
    if not Path(RECORDS).is_dir():  # A wheel holds them compiled.
        raise UsageError("sdk_records_absent", path="sdks lint")
    return lint_files(read_files(RECORDS))


def _params(fault: Fault) -> dict[str, str]:
    return {"path": fault.path, "line": str(fault.line), **dict(fault.params)}


def _row(fault: Fault) -> dict[str, object]:
    return asdict(fault) | {"params": dict(fault.params)}
