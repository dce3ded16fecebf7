"""Which language the user reads, and the help texts in it (``words/help.json``); cheap enough for ``--help``."""

import json
import locale
import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def find_language(args: Sequence[str], environ: Mapping[str, str] | None = None) -> str:
    """Return the language of ``--lang`` where the arguments hold it, else that of the locale.

    Read ahead of the command line proper, because help and errors of the command line need it too.
    """
    for index, arg in enumerate(args):
        value = arg.removeprefix("--lang=") if arg.startswith("--lang=") else None
        if arg == "--lang" and index + 1 < len(args):
            value = args[index + 1]
        if value in LANGUAGES:
            return value
    return locale_language(os.environ if environ is None else environ)


def locale_language(environ: Mapping[str, str]) -> str:
    """Return ``zh`` where the locale is Chinese, else ``en``."""
    for name in LOCALE_VARIABLES:
        if value := environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    # Windows sets none of the variables and may write the name in full: "Chinese (Simplified)_China".
    name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


@cache
def help_words() -> Mapping[str, Mapping[str, str]]:
    """Return the help texts: key → language → text."""
    text = resources.files("mingcha").joinpath("words/help.json").read_text("utf-8")
    words: Mapping[str, Mapping[str, str]] = json.loads(text)
    return words


def help_text(key: str, lang: str) -> str:
    """Return one help text."""
    return help_words()[key][lang]
