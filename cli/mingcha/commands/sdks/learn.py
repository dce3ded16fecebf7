"""``mingcha sdks learn``: the fingerprint of an SDK, drawn from its published archive."""

from collections.abc import Sequence
from pathlib import Path

import click

from mingcha.commands.options import make_command, message_options, sdk_base_option
from mingcha.main import Settings
from mingcha.output import notice, save
from mingcha.pipeline import MEGABYTE, read_source, shown_path, use_sdk_base
from mingcha.render.untrusted import visible
from mingcha.result import InputRole
from mingcha.sdk_layers import FINGERPRINTS, find_layers, user_folder
from mingcha.words import Phrases
from mingcha_analyzers.app.fingerprints.lesson import Lesson, learn_sdk
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.errors import UnreadableInputError, UsageError
from mingcha_corpora.fingerprints import Fingerprint, format_fingerprint, load_fingerprints, parse_fingerprint
from mingcha_corpora.sdks import RecordFile, load_sdk_base

_MAX_CLASSES = 50_000
_MAX_FOLDER = 512 * MEGABYTE


@make_command("learn")
@click.argument("path", type=click.Path(), metavar="FILE")
@click.option("--id", "sdk", required=True, metavar="ID")
@click.option("--sdk-version", "version", default="", metavar="VERSION")
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE")
@sdk_base_option
@message_options
@click.pass_obj
def command(settings: Settings, path: str, sdk: str, version: str, out: str | None, sdk_base: tuple[str, ...]) -> None:
    """Remember what renaming leaves of an SDK's code: a JAR, AAR, folder of classes, DEX file or package."""
    words, quiet = Phrases(settings.lang), settings.verbosity < 0
    use_sdk_base(find_layers(sdk_base))
    if sdk not in load_sdk_base().records:
        raise UsageError("sdk_unknown", path="sdks learn", sdk=sdk)
    target = Path(out) if out else user_folder() / FINGERPRINTS / f"{sdk}.json"
    lesson = learn_sdk(_read(path), sdk, version, _known(target, sdk))
    if not out:
        target.parent.mkdir(parents=True, exist_ok=True)
    save(str(target), format_fingerprint(lesson.fingerprint))
    for line in _say(lesson, target, words):
        notice(line, quiet=quiet)


def _say(lesson: Lesson, target: Path, words: Phrases) -> list[str]:
    said = [words("sdks.learnt", path=visible(str(target)), tokens=lesson.tokens, classes=lesson.classes)]
    for other, count in sorted(lesson.others.items()):
        said.append(words("sdks.learnt.others", sdk=visible(other), count=count))
    if lesson.limits:
        said.append(words("sdks.learnt.damaged", count=len(lesson.limits), place=visible(lesson.limits[0].detail)))
    return said


def _known(target: Path, sdk: str) -> Fingerprint | None:
    """Return what was learnt of the SDK before: in the file to be written, or else in the base."""
    if target.is_file():
        source = read_source(str(target), InputRole.SDK_BASE)
        known = parse_fingerprint(RecordFile(source.path, source.data))
        if known.id != sdk:
            raise UsageError("fingerprint_of_other", path=shown_path(str(target)), sdk=known.id)
        return known
    return next((each for each in load_fingerprints() if each.id == sdk), None)


def _read(path: str) -> Sequence[SourceFile]:
    if not Path(path).is_dir():
        return [read_source(path, InputRole.APP)]
    places = sorted(each for each in Path(path).rglob("*.class") if each.is_file())
    if not places:
        raise UnreadableInputError("classes_nothing", path=shown_path(path))
    size = sum(each.stat().st_size for each in places[:_MAX_CLASSES])
    if len(places) > _MAX_CLASSES or size > _MAX_FOLDER:
        raise UnreadableInputError("classes_too_many", path=shown_path(path), limit=str(_MAX_CLASSES))
    return [read_source(str(each), InputRole.APP) for each in places]
