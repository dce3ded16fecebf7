"""``mingcha doctor``: whether every part of the tool loads here."""

import sys
from collections.abc import Callable
from importlib import import_module

import click

from mingcha.commands.options import make_command, message_options
from mingcha.exit_status import OUR_BUG
from mingcha.main import Settings
from mingcha.output import write_stdout
from mingcha.render.untrusted import visible
from mingcha.words import Phrases

MAX_FAULT = 300


def _load(module: str, name: str) -> Callable[[], str]:
    def load() -> str:
        found = getattr(import_module(module), name)()
        return str(len(found)) if hasattr(found, "__len__") else ""

    return load


def _import(module: str) -> Callable[[], str]:
    def load() -> str:
        import_module(module)
        return ""

    return load


def _errors() -> str:
    from mingcha_corpora.words import load_words

    return str(len(load_words("errors")))


def _sdks() -> str:
    from mingcha_corpora.sdks import load_shipped_base

    return str(len(load_shipped_base().records))


def _sdk_layers() -> str:
    """Return how many files of the user's own lie over the SDK base, and the folder they are looked for in."""
    from mingcha.pipeline import use_sdk_base
    from mingcha.sdk_layers import find_layers, user_folder

    return f"{len(use_sdk_base(find_layers(())))} ({visible(str(user_folder()))})"


def _worker() -> str:
    import subprocess

    from mingcha.supervisor import WORKER

    subprocess.run([*WORKER[:-2], "-c", "import mingcha._worker"], check=True, capture_output=True, timeout=60)
    return ""


def _limits() -> str:
    import_module("resource")
    return ""


PARTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("python", lambda: sys.version.split()[0]),
    ("errors", _errors),
    ("taxonomy", _load("mingcha_corpora.taxonomy", "load_taxonomy")),
    ("template", _load("mingcha_corpora.template", "load_template")),
    ("permissions", _load("mingcha_corpora.permissions", "load_permissions")),
    ("sdks", _sdks),
    ("sdk_layers", _sdk_layers),
    ("cards", _load("mingcha_rules.card", "load_cards")),
    ("clauses", _load("mingcha_rules.catalogue", "load_clauses")),
    ("app_reader", _import("mingcha_analyzers.app.reader")),
    ("policy_reader", _import("mingcha_analyzers.policy.reader")),
    ("worker", _worker),
)


@make_command("doctor")
@message_options
@click.pass_obj
def command(settings: Settings) -> None:
    """Load every part and say how it went."""
    words = Phrases(settings.lang)
    lines, sound = [], True
    for part, load in PARTS:
        try:
            said = f"{words('doctor.ok')} {load()}".rstrip()
        except Exception as fault:  # Whatever is wrong with a part is what the user asks for here.
            sound = False
            said = f"{words('doctor.failed')} {visible(f'{type(fault).__name__}: {fault}', MAX_FAULT)}"
        lines.append(f"{words(f'part.{part}')}: {said}")
    try:
        _limits()
        said = words("doctor.ok")
    except ImportError:
        said = words("doctor.limits_partial")
    lines.append(f"{words('part.limits')}: {said}")
    write_stdout("\n".join(lines) + "\n")
    sys.exit(0 if sound else OUR_BUG)
