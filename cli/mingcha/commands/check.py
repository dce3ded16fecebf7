"""``mingcha check``: one package against its privacy policy."""

import sys
from pathlib import Path

import click

from mingcha.commands.options import AUTO, Choices, explain_option, extra_dex_option, make_command, run_options
from mingcha.exit_status import status_of
from mingcha.pipeline import EmbeddedUse


@make_command("check")
@click.argument("app", type=click.Path())
@click.option("--policy", "policies", multiple=True, type=click.Path(), metavar="FILE|DIR|URL|auto")
@extra_dex_option
@explain_option
@run_options
def command(
    app: str, policies: tuple[str, ...], extra_dex: tuple[str, ...], explain: str | None, choices: Choices
) -> None:
    """Report where APP and its privacy policy part ways."""
    stem = Path(app).stem
    choices.targets(stem, explain)  # A wrong --format is said before the work, not after.
    files = tuple(path for path in policies if path != AUTO)
    embedded = EmbeddedUse.NEEDED if AUTO in policies else EmbeddedUse.NONE
    result = choices.analyse(app, files, extra_dex, embedded)
    choices.write(result, stem, explain)
    sys.exit(status_of(result, choices.fail_on, strict=choices.strict))
