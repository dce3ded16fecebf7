"""Where reports go: one of text or JSON to stdout, everything else to files; notices to stderr."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size

import click

from mingcha.pipeline import shown_path
from mingcha.result import Result
from mingcha_corpora.errors import UsageError

ENDINGS = {"text": "txt", "json": "json", "sarif": "sarif"}
ON_STDOUT = frozenset({"text", "json"})
STDOUT = "-"
EXPLANATION = "explanation"
FILE_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Target:
    """One report asked for; ``path`` is ``-`` for stdout."""

    format: str
    path: str


@dataclass(frozen=True, slots=True)
class Style:
    """How reports are written."""

    lang: str
    color: bool
    sarif_anchor: str | None
    quiet: bool


def plan_targets(
    formats: Sequence[str],
    output: str | None,
    stem: str,
    *,
    explain: str | None = None,
    endings: Mapping[str, str] = ENDINGS,
) -> tuple[Target, ...]:
    """Return where each report goes, the annotated policy last; ``stem`` names files that were given no name.

    ``endings``: the formats there are, with the endings of their files.

    Raises:
        UsageError: an unknown format, or two reports for one place.
    """
    wanted = [_split(word, endings) for word in formats or ("text",)]
    bare = [name for name, path in wanted if path is None]
    targets = tuple(
        Target(name, path or _place(bare, output, f"{stem}.{endings[name]}", name)) for name, path in wanted
    )
    if explain is not None:
        targets += (Target(EXPLANATION, explain),)
    places = [target.path for target in targets]
    for place in places:
        if places.count(place) > 1:
            raise UsageError("output_twice", path=place)
    return targets


def write_reports(result: Result, targets: Sequence[Target], style: Style) -> None:
    """Render and write every report that was asked for."""
    write_targets(targets, style, lambda target: _render(result, target, style))


def write_targets(targets: Sequence[Target], style: Style, render: Callable[[Target], str]) -> None:
    """Write what ``render`` makes for each target."""
    for target in targets:
        text = render(target)
        if target.path == STDOUT:
            write_stdout(text)
        else:
            save(target.path, text)
            notice(_written(target.path, style.lang), quiet=style.quiet)


def write_stdout(text: str) -> None:
    """Write to stdout; a reader that has gone away, as ``head`` does, ends the output and nothing else."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UsageError("output_unwritable", path="stdout", fault=error.strerror or str(error)) from None


def save(path: str, text: str) -> None:
    """Write a file whole: under another name first, so that a stopped run leaves no half a report."""
    target = Path(path)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file():  # A device or pipe cannot be replaced.
            target.write_text(text, "utf-8", newline="\n")
            return
        part.write_text(text, "utf-8", newline="\n")
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError("output_unwritable", path=shown_path(path), fault=error.strerror or str(error)) from None


def notice(text: str, *, quiet: bool) -> None:
    """Say something on stderr."""
    if not quiet:
        click.echo(text, err=True)


def wants_color(no_color: bool, environ: Mapping[str, str]) -> bool:
    """Return whether a report on stdout is coloured: only on a terminal, and unless asked not to."""
    if no_color or environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def _split(word: str, endings: Mapping[str, str]) -> tuple[str, str | None]:
    name, separator, path = word.partition("=")
    if name not in endings or (separator and not path):
        raise UsageError("format_unknown", path="--format", format=word, known=", ".join(endings))
    return name, path or None


def _place(bare: Sequence[str], output: str | None, file: str, name: str) -> str:
    if len(bare) == 1 and output is not None:
        return output
    if len(bare) == 1 and name in ON_STDOUT:
        return STDOUT
    return str(Path(output or ".") / file)


def text_width(target: Target) -> int:
    """Return how wide a text report is: as the terminal, in a file fixed."""
    return FILE_WIDTH if target.path != STDOUT else get_terminal_size((FILE_WIDTH, 24)).columns


def _render(result: Result, target: Target, style: Style) -> str:
    if target.format == "json":
        from mingcha.render.json import render_json

        return render_json(result)
    if target.format == "sarif":
        from mingcha.render.sarif import render_sarif

        return render_sarif(result, style.lang, anchor=style.sarif_anchor, base=Path.cwd().as_posix())
    if target.format == EXPLANATION:
        from mingcha.render.explain import render_explanation

        return render_explanation(result, style.lang)
    from mingcha.render.terminal import render_terminal

    color = style.color and target.path == STDOUT
    return render_terminal(result, style.lang, width=text_width(target), color=color)


def _written(path: str, lang: str) -> str:
    from mingcha.words import Phrases

    return Phrases(lang)("notice.written", path=shown_path(path))
