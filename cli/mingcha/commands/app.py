"""``mingcha app``: packages alone, each with a report of its own."""

import sys
from pathlib import Path

import click

from mingcha.commands.options import Choices, extra_dex_option, make_command, run_options
from mingcha.exit_status import gravest, status_of
from mingcha.failures import describe_failure
from mingcha_corpora.errors import MingchaError, UsageError


@make_command("app")
@click.argument("apks", nargs=-1, required=True, type=click.Path())
@extra_dex_option
@run_options
def command(apks: tuple[str, ...], extra_dex: tuple[str, ...], choices: Choices) -> None:
    """Report on each APK without a policy."""
    if len(apks) > 1 and extra_dex:
        raise UsageError("extra_dex_for_several", path="--extra-dex")
    if len(apks) > 1 and (choices.output is not None or any("=" in word for word in choices.formats)):
        raise UsageError("output_for_several", path="--output")
    choices.targets(Path(apks[0]).stem)
    sys.exit(gravest(_one(apk, extra_dex, choices) for apk in apks))


def _one(apk: str, extra_dex: tuple[str, ...], choices: Choices) -> int:
    """Report on one package; one that cannot be read does not keep the others from being reported."""
    try:
        result = choices.analyse(apk, (), extra_dex)
    except MingchaError as error:
        failure = describe_failure(error, choices.style.lang, details=False)
        click.echo(failure.text, err=True)
        return failure.exit_code
    choices.write(result, Path(apk).stem)
    return status_of(result, choices.fail_on, strict=choices.strict)
