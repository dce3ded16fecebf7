"""``mingcha check``: one package against its privacy policy."""

import sys
from pathlib import Path

import click

from mingcha.commands.options import Choices, extra_dex_option, make_command, run_options
from mingcha.exit_status import status_of


@make_command("check")
@click.argument("app", type=click.Path())
@click.option("--policy", "policies", multiple=True, type=click.Path(), metavar="FILE")
@extra_dex_option
@run_options
def command(app: str, policies: tuple[str, ...], extra_dex: tuple[str, ...], choices: Choices) -> None:
    """Report where APP and its privacy policy part ways."""
    stem = Path(app).stem
    choices.targets(stem)  # A wrong --format is said before the work, not after.
    result = choices.analyse(app, policies, extra_dex)
    choices.write(result, stem)
    sys.exit(status_of(result, choices.fail_on, strict=choices.strict))
