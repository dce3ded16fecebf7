"""``mingcha sdks format``: files of SDK records laid out in the one way."""

import click

from mingcha.commands.options import make_command, message_options
from mingcha.main import Settings
from mingcha.output import notice, save
from mingcha.pipeline import read_source
from mingcha.render.untrusted import visible
from mingcha.result import InputRole
from mingcha.sdk_layers import files_below
from mingcha.words import Phrases
from mingcha_corpora.errors import UnreadableInputError
from mingcha_corpora.sdks import RecordFile
from mingcha_corpora.sdks.faults import FaultyRecordsError, holds_records
from mingcha_corpora.sdks.shape import find_faults
from mingcha_corpora.sdks.writing import first_difference, format_file
from mingcha_corpora.sdks.yamltext import parse_file


@make_command("format")
@click.argument("paths", nargs=-1, required=True, type=click.Path(), metavar="PATH…")
@message_options
@click.pass_obj
def command(settings: Settings, paths: tuple[str, ...]) -> None:
    """Sort and wrap the records of files, in place; files that are laid out so stay as they are."""
    words, quiet = Phrases(settings.lang), settings.verbosity < 0
    for path in files_below(paths):
        source = read_source(path, InputRole.SDK_BASE)
        file = RecordFile(source.path, source.data)
        if not holds_records(file):
            continue
        _refuse_faulty(file)
        if first_difference(file) is not None:
            save(path, format_file(file))
            notice(words("sdks.formatted", path=visible(path)), quiet=quiet)


def _refuse_faulty(file: RecordFile) -> None:
    try:
        fault = next(find_faults(file, parse_file(file)), None)
    except FaultyRecordsError as error:
        fault = error.fault
    if fault is not None:
        raise fault.error(UnreadableInputError)
