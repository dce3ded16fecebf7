"""``mingcha sdks show``: one record, found by whatever is known of it."""

import json
from collections.abc import Iterator, Sequence

import click

from mingcha.commands.options import make_command, message_options, sdk_base_option
from mingcha.main import Settings
from mingcha.output import write_stdout
from mingcha.pipeline import use_sdk_base
from mingcha.render.sdk_record import filled, render_record
from mingcha.render.untrusted import visible
from mingcha.sdk_layers import find_layers
from mingcha.words import Phrases
from mingcha_corpora.errors import UsageError
from mingcha_corpora.sdks import SdkBase, load_sdk_base
from mingcha_corpora.sdks.lookup import Hit, find_records, near_names


@make_command("show")
@click.argument("query", metavar="SDK")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@sdk_base_option
@message_options
@click.pass_obj
def command(settings: Settings, query: str, form: str, sdk_base: tuple[str, ...]) -> None:
    """Print everything about one record; if several may be meant, a line for each."""
    use_sdk_base(find_layers(sdk_base))
    base, words = load_sdk_base(), Phrases(settings.lang)
    hits = find_records(base, query)
    if not hits:
        raise _unknown(base, query)
    if form == "json":
        found = [filled(base.records[hit.id]) for hit in hits]
        write_stdout(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    elif len(hits) == 1:
        write_stdout(render_record(base.records[hits[0].id], words))
    else:
        write_stdout("".join(_choice(base, hits, words)))


def _unknown(base: SdkBase, query: str) -> UsageError:
    near = near_names(base, query)
    if near:
        return UsageError("sdk_unknown_near", path="sdks show", sdk=query, near=", ".join(near))
    return UsageError("sdk_unknown", path="sdks show", sdk=query)


def _choice(base: SdkBase, hits: Sequence[Hit], words: Phrases) -> Iterator[str]:
    for hit in hits:
        record = base.records[hit.id]
        name = record.name_zh if words.lang == "zh" and record.name_zh else record.name
        yield f"{visible(hit.id)}\t{visible(name)}\t{words(f'sdks.way.{hit.way.value}')}\n"
