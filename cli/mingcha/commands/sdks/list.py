"""``mingcha sdks list``: the records of the SDK base, or their figures."""

import json
from collections.abc import Iterator

import click

from mingcha.commands.options import make_command, message_options, sdk_base_option
from mingcha.main import Settings
from mingcha.output import write_stdout
from mingcha.pipeline import use_sdk_base
from mingcha.sdk_layers import find_layers
from mingcha.words import Phrases
from mingcha_corpora.sdks import SdkRecord, fingerprinted_ids, load_sdk_base


@make_command("list")
@click.option("--stats", is_flag=True)
@click.option("--category", metavar="CATEGORY")
@click.option("--vendor", metavar="NAME")
@click.option("--collects", is_flag=True)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@sdk_base_option
@message_options
@click.pass_obj
def command(
    settings: Settings,
    stats: bool,
    category: str | None,
    vendor: str | None,
    collects: bool,
    form: str,
    sdk_base: tuple[str, ...],
) -> None:
    """Print a line for each record: id, category, collecting or not, tier, vendor, name; columns parted by tabs."""
    use_sdk_base(find_layers(sdk_base))
    records = tuple(_chosen(category, vendor, collects))
    if stats:
        write_stdout(_figures(records, form, Phrases(settings.lang)))
    else:
        write_stdout(_rows(records, form, settings.lang))


def _chosen(category: str | None, vendor: str | None, collects: bool) -> Iterator[SdkRecord]:
    from mingcha_corpora.sdks.naming import by_vendor, fold_name

    base = load_sdk_base()
    made = None if vendor is None else set(by_vendor(base).get(fold_name(vendor), ()))
    for record in base.records.values():
        fits = category in (None, record.category) and (made is None or record.id in made)
        if fits and (record.collects_pi or not collects):
            yield record


def _figures(records: tuple[SdkRecord, ...], form: str, words: Phrases) -> str:
    from mingcha_corpora.sdks.counting import count_records

    counts = count_records(records, fingerprinted_ids())
    if form == "json":
        return json.dumps(counts, indent=2) + "\n"
    return "".join(f"{count:>7,}  {words(f'sdks.count.{name}')}\n" for name, count in counts.items())


def _rows(records: tuple[SdkRecord, ...], form: str, lang: str) -> str:
    if form == "json":
        import msgspec

        return msgspec.json.format(msgspec.json.encode(records), indent=2).decode() + "\n"
    return "".join("\t".join(_columns(record, lang)) + "\n" for record in records)


def _columns(record: SdkRecord, lang: str) -> tuple[str, ...]:
    name = record.name_zh if lang == "zh" and record.name_zh else record.name
    vendor = record.vendor_zh if lang == "zh" and record.vendor_zh else record.vendor
    return (record.id, record.category, "+" if record.collects_pi else "-", record.tier, vendor or "-", name)
