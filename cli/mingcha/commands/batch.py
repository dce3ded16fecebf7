"""``mingcha batch``: every app of a folder or list, each in a child process of its own; a second run goes on."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from mingcha.batch.journal import Outcome, Status
from mingcha.batch.plan import Row, plan_rows
from mingcha.batch.scheduler import BatchPlan, BatchReport, run_batch
from mingcha.commands.options import (
    AUTO,
    analysis_options,
    make_command,
    message_options,
    resolve_date,
    verdict_options,
)
from mingcha.exit_status import CLEAN, FOUND, INCOMPLETE, NEVER, UNREADABLE, gravest
from mingcha.main import Settings
from mingcha.output import notice
from mingcha.pipeline import MEGABYTE, EmbeddedUse, Limits, Request, choose_standards, use_sdk_base
from mingcha.render.untrusted import visible
from mingcha.sdk_layers import find_layers
from mingcha.words import Phrases
from mingcha_corpora.errors import UsageError
from mingcha_rules.values import Severity


@make_command("batch")
@click.argument("source", metavar="DIR|LIST", type=click.Path())
@click.option("--out", required=True, type=click.Path(), metavar="DIR")
@click.option("--policy-dir", type=click.Path(), metavar="DIR")
@click.option("--policy", type=click.Choice([AUTO]))
@click.option("--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1)
@click.option("--retry", default="", metavar="STATUS,…")
@analysis_options
@verdict_options(NEVER)
@message_options
@click.pass_obj
def command(settings: Settings, /, source: str, out: str, policy_dir: str | None, workers: int, **values: Any) -> None:
    """Check all apps of a folder or list."""
    limits = Limits(values["timeout"], values["memory"] * MEGABYTE)
    standards = choose_standards(values["standards"])
    embedded = EmbeddedUse.IF_ANY if values["policy"] == AUTO else EmbeddedUse.NONE
    as_of = resolve_date(values["as_of"], os.environ)
    layers = find_layers(values["sdk_base"])
    use_sdk_base(layers)  # A fault in them is said once, before the first row.
    request = Request(None, (), as_of, standards, limits, embedded=embedded, sdk_base=layers)
    plan = BatchPlan(plan_rows(source, policy_dir), request, Path(out), workers, _statuses(values["retry"]))
    words, quiet = Phrases(settings.lang), settings.verbosity < 0

    def progress(done: int, total: int, row: Row, outcome: Outcome) -> None:
        status = words(f"status.{outcome.status.value}")
        notice(words("batch.progress", done=done, total=total, status=status, path=visible(row.app)), quiet=quiet)

    report = run_batch(plan, progress)
    notice(_summary(report, out, words), quiet=quiet)
    sys.exit(gravest(_exit_status(outcome, values["fail_on"], values["strict"]) for outcome in report.outcomes))


def _statuses(retry: str) -> frozenset[Status]:
    found = set()
    for word in filter(None, (part.strip() for part in retry.split(","))):
        try:
            found.add(Status(word))
        except ValueError:
            known = ", ".join(status.value for status in Status)
            raise UsageError("status_unknown", path="--retry", status=word, known=known) from None
    return frozenset(found)


def _summary(report: BatchReport, out: str, words: Phrases) -> str:
    counts = {status.value: 0 for status in Status}
    for outcome in report.outcomes:
        counts[outcome.status.value] += 1
    return words("batch.summary", total=len(report.outcomes), kept=report.kept, out=visible(out), **counts)


def _exit_status(outcome: Outcome, fail_on: str, strict: bool) -> int:
    if outcome.figures is None:
        return UNREADABLE if strict else CLEAN
    if strict and outcome.figures["incomplete"]:
        return INCOMPLETE
    worst = outcome.figures["worst"]
    if fail_on == NEVER or worst is None:
        return CLEAN
    return FOUND if Severity(worst).rank >= Severity(fail_on).rank else CLEAN
