"""The options that commands share, and what they amount to."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

import click

from mingcha.extra_dex import find_extra_dex
from mingcha.main import HelpInLanguage, Settings
from mingcha.output import Style, Target, plan_targets, wants_color, write_reports
from mingcha.pipeline import MEGABYTE, EmbeddedUse, Limits, Request, run, use_sdk_base
from mingcha.result import Result
from mingcha.sdk_layers import find_layers
from mingcha.supervisor import run_limited
from mingcha_corpora.errors import UsageError

Function = Callable[..., Any]
# In the place of a policy file: the policy inside the package.
AUTO = "auto"
SEVERITIES = ["high", "medium", "low", "never"]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the shared options of one run say."""

    standards: tuple[str, ...]
    as_of: str
    limits: Limits
    sdk_base: tuple[str, ...]
    in_process: bool
    fail_on: str
    strict: bool
    formats: tuple[str, ...]
    output: str | None
    style: Style

    def analyse(
        self,
        app: str | None,
        policies: tuple[str, ...],
        extra_dex: tuple[str, ...] = (),
        embedded: EmbeddedUse = EmbeddedUse.NONE,
    ) -> Result:
        """Read and judge, in a child process unless asked not to."""
        dumps, layers = find_extra_dex(extra_dex), self.sdk_base
        request = Request(app, policies, self.as_of, self.standards, self.limits, dumps, embedded, layers)
        if layers:
            use_sdk_base(layers)  # The report is written in this process and names SDKs too.
        return run(request) if self.in_process else run_limited(request)

    def targets(self, stem: str, explain: str | None = None) -> tuple[Target, ...]:
        """Return where the reports go; ``explain``: the file for the annotated policy."""
        return plan_targets(self.formats, self.output, stem, explain=explain)

    def write(self, result: Result, stem: str, explain: str | None = None) -> None:
        """Write the reports that were asked for."""
        write_reports(result, self.targets(stem, explain), self.style)


def make_command(name: str, **attrs: Any) -> Callable[[Function], click.Command]:
    """Return a decorator that makes a command with help in the user's language."""
    settings = {"help_option_names": ["-h", "--help"]}
    return click.command(name, cls=HelpInLanguage, context_settings=settings, **attrs)


def message_options(function: Function) -> Function:
    """Add ``--lang``, ``-q`` and ``-v``, which every command has."""
    options = [
        click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False),  # Read ahead by find_language.
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_quieter),
        click.option("-v", "--verbose", count=True, expose_value=False, callback=_louder),
    ]
    return _with(options, function)


def analysis_options(function: Function) -> Function:
    """Add the options that bear on what is analysed, and how far."""
    options: list[Callable[[Function], Function]] = [
        click.option("--standard", "standards", multiple=True, metavar="ID"),
        sdk_base_option,
        click.option("--as-of", metavar="DATE"),
        *_limit_options(),
    ]
    return _with(options, function)


def _limit_options() -> tuple[Callable[[Function], Function], ...]:
    return (
        click.option("--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS"),
        click.option("--memory", type=click.IntRange(min=0), default=4096, metavar="MB"),
    )


def sdk_base_option(function: Function) -> Function:
    """Add ``--sdk-base``, for commands that use the SDK base."""
    return click.option("--sdk-base", multiple=True, type=click.Path(), metavar="DIR|FILE")(function)


def extra_dex_option(function: Function) -> Function:
    """Add ``--extra-dex``, for commands that analyse one package."""
    return click.option("--extra-dex", multiple=True, type=click.Path(), metavar="DIR|FILE")(function)


def explain_option(function: Function) -> Function:
    """Add ``--explain``, for commands that have a policy."""
    return click.option("--explain", type=click.Path(), metavar="OUT.html")(function)


def verdict_options(fail_on: str) -> Callable[[Function], Function]:
    """Return a decorator that adds the options that bear on the exit status."""

    def decorate(function: Function) -> Function:
        options = [
            click.option("--fail-on", type=click.Choice(SEVERITIES), default=fail_on),
            click.option("--strict", is_flag=True),
        ]
        return _with(options, function)

    return decorate


def report_options(function: Function) -> Function:
    """Add the options that bear on how and where reports are written."""
    return _with([*_output_options(), click.option("--sarif-anchor", type=click.Path(), metavar="PATH")], function)


def _output_options() -> tuple[Callable[[Function], Function], ...]:
    return (
        click.option("-f", "--format", "formats", multiple=True, metavar="FORMAT[=PATH]"),
        click.option("-o", "--output", type=click.Path(), metavar="PATH"),
        click.option("--no-color", is_flag=True),
    )


def run_options(function: Function) -> Function:
    """Add all options of a command that analyses and reports; the command is given ``Choices``."""
    in_process = click.option("--in-process", is_flag=True)
    call = _with_choices(function)
    return analysis_options(verdict_options("high")(report_options(in_process(message_options(call)))))


def diff_options(function: Function) -> Function:
    """Add the options of the comparison of two policies; the command is given ``Choices``."""
    options = [
        sdk_base_option,
        *_limit_options(),
        click.option("--fail-on", type=click.Choice(["any", "grave", "never"]), default="never"),
        click.option("--strict", is_flag=True),
        *_output_options(),
        click.option("--in-process", is_flag=True),
        message_options,
    ]
    return _with(options, _with_choices(function))


def _with_choices(function: Function) -> Function:
    """Return the command with the values of the shared options in one; those that it does not have are unset."""
    unset: dict[str, Any] = {"standards": (), "as_of": None, "sarif_anchor": None}
    shared = (
        *unset,
        "sdk_base",
        "timeout",
        "memory",
        "fail_on",
        "strict",
        "formats",
        "output",
        "in_process",
        "no_color",
    )

    @wraps(function)
    @click.pass_obj
    def call(settings: Settings, /, **values: Any) -> Any:
        given = unset | {name: values.pop(name) for name in shared if name in values}
        return function(choices=_choices(settings, given), **values)

    return call


def style_of(settings: Settings, *, no_color: bool, sarif_anchor: str | None) -> Style:
    """Return how reports of this run are written."""
    return Style(settings.lang, wants_color(no_color, os.environ), sarif_anchor, quiet=settings.verbosity < 0)


def resolve_date(as_of: str | None, environ: Mapping[str, str]) -> str:
    """Return the date that stands for today; the only place that reads the clock.

    Raises:
        UsageError: it is no date.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH")
    try:
        if as_of is not None:
            return date.fromisoformat(as_of).isoformat()
        if epoch:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        source = "SOURCE_DATE_EPOCH" if as_of is None else "--as-of"
        raise UsageError("date_invalid", path=source, date=as_of or str(epoch)) from None
    return datetime.now().astimezone().date().isoformat()


def _choices(settings: Settings, given: dict[str, Any]) -> Choices:
    return Choices(
        standards=given["standards"],
        as_of=resolve_date(given["as_of"], os.environ),
        limits=Limits(given["timeout"], given["memory"] * MEGABYTE),
        sdk_base=find_layers(given["sdk_base"]),
        in_process=given["in_process"],
        fail_on=given["fail_on"],
        strict=given["strict"],
        formats=given["formats"],
        output=given["output"],
        style=style_of(settings, no_color=given["no_color"], sarif_anchor=given["sarif_anchor"]),
    )


def _with(options: Sequence[Callable[[Function], Function]], function: Function) -> Function:
    for option in reversed(options):
        function = option(function)
    return function


def _quieter(ctx: click.Context, _: click.Parameter, quiet: bool) -> None:
    if quiet:
        ctx.find_root().obj.verbosity = -1


def _louder(ctx: click.Context, _: click.Parameter, count: int) -> None:
    if count:
        ctx.find_root().obj.verbosity = count
