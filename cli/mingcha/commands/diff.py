"""``mingcha diff``: two versions of a privacy policy, what was added, dropped and changed."""

import sys
from pathlib import Path

import click

from mingcha.commands.options import Choices, diff_options, make_command
from mingcha.comparison import Comparison, compare_results
from mingcha.exit_status import diff_status
from mingcha.output import Style, Target, plan_targets, text_width, write_targets

ENDINGS = {"text": "txt", "json": "json", "html": "html"}


@make_command("diff")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@diff_options
def command(old: str, new: str, choices: Choices) -> None:
    """Report what changed from the policy OLD to the policy NEW; either may be a folder of documents."""
    targets = plan_targets(choices.formats, choices.output, Path(new).stem, endings=ENDINGS)
    comparison = compare_results(choices.analyse(None, (old,)), choices.analyse(None, (new,)))
    write_targets(targets, choices.style, lambda target: _render(comparison, target, choices.style))
    sys.exit(diff_status(comparison, choices.fail_on, strict=choices.strict))


def _render(comparison: Comparison, target: Target, style: Style) -> str:
    if target.format == "json":
        from mingcha.codec import encode

        return encode(comparison, Comparison).decode("utf-8")
    if target.format == "html":
        from mingcha.render.diff.html import render_html

        return render_html(comparison, style.lang)
    from mingcha.render.diff.text import render_text

    color = style.color and target.path == "-"
    return render_text(comparison, style.lang, width=text_width(target), color=color)
