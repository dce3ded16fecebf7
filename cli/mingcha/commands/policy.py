"""``mingcha policy``: a privacy policy alone."""

import sys
from pathlib import Path

import click

from mingcha.commands.options import Choices, make_command, run_options
from mingcha.exit_status import status_of


@make_command("policy")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@run_options
def command(files: tuple[str, ...], choices: Choices) -> None:
    """Report on a policy; several FILES are read as one policy."""
    stem = Path(files[0]).stem
    choices.targets(stem)
    result = choices.analyse(None, files)
    choices.write(result, stem)
    sys.exit(status_of(result, choices.fail_on, strict=choices.strict))
