"""``mingcha report``: a saved result in another format."""

from pathlib import Path

import click

from mingcha.commands.options import explain_option, make_command, message_options, report_options, style_of
from mingcha.main import Settings
from mingcha.output import plan_targets, write_reports
from mingcha.pipeline import read_source
from mingcha.result import InputRole


@make_command("report")
@click.argument("result_file", metavar="RESULT.json", type=click.Path())
@explain_option
@report_options
@message_options
@click.pass_obj
def command(
    settings: Settings,
    result_file: str,
    explain: str | None,
    formats: tuple[str, ...],
    output: str | None,
    no_color: bool,
    sarif_anchor: str | None,
) -> None:
    """Write a saved result in another format."""
    from mingcha.codec import decode_result

    targets = plan_targets(formats, output, Path(result_file).stem, explain=explain)
    source = read_source(result_file, InputRole.APP)
    result = decode_result(source.data, source.path)
    write_reports(result, targets, style_of(settings, no_color=no_color, sarif_anchor=sarif_anchor))
