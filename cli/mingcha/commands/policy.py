"""``mingcha policy``: a privacy policy alone."""

import sys
from pathlib import Path

import click

from mingcha.commands.options import Choices, explain_option, make_command, run_options
from mingcha.exit_status import status_of


@make_command("policy")
@click.argument("files", nargs=-1, required=True, type=click.Path())
@explain_option
@run_options
def command(files: tuple[str, ...], explain: str | None, choices: Choices) -> None:
    """Report on a policy; several FILES are read as one policy."""
    stem = Path(files[0]).stem
    choices.targets(stem, explain)  # A wrong output is said before the work, not after.
    result = choices.analyse(None, files)
    choices.write(result, stem, explain)
    sys.exit(status_of(result, choices.fail_on, strict=choices.strict))
