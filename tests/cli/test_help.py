import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from mingcha.language import find_language, help_words, locale_language
from mingcha.main import COMMANDS, cli

HEAVY = ["ahocorasick", "androguard", "bs4", "charset_normalizer", "jieba", "lxml", "msgspec", "numpy", "rich", "spacy"]
HEAVY += ["yaml", "mingcha_analyzers", "mingcha_rules", "mingcha_corpora"]
PROBE = f"""
import sys, time
sys.argv = ["mingcha", "--help"]
try:
    import mingcha.__main__
except SystemExit:
    pass
print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
print(time.process_time(), file=sys.stderr)
"""


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True)
    loaded, seconds = done.stderr.splitlines()
    assert loaded == ""
    assert float(seconds) < 0.3


def test_help_lists_every_command() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    assert all(f"\n  {name} " in shown for name in COMMANDS)


@pytest.mark.parametrize(("lang", "word"), [("zh", "检查安装包"), ("en", "part ways")])
def test_help_speaks_the_language_asked_for(lang: str, word: str) -> None:
    for args in (["--help", "--lang", lang], [f"--lang={lang}", "--help"], ["check", "--help", "--lang", lang]):
        assert word in CliRunner().invoke(cli, args).output


def _options(command: click.Command) -> list[tuple[str, str]]:
    found = [
        (str(command.name), "help" if "--help" in param.opts else str(param.name))
        for param in command.get_params(click.Context(command))
        if isinstance(param, click.Option)
    ]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            found += _options(inner)
    return found


def test_every_option_has_help_words() -> None:
    words = help_words()
    missing = [
        f"{command} {option}"
        for command, option in _options(cli)
        if f"{command}.{option}" not in words and f"option.{option}" not in words
    ]
    assert missing == []


def test_every_help_text_is_there_in_both_languages() -> None:
    for key, entry in help_words().items():
        assert set(entry) == {"zh", "en"}, key
        assert all(text.strip() for text in entry.values()), key


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        pytest.param({"LANG": "zh_CN.UTF-8"}, "zh", id="Chinese locale"),
        pytest.param({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en", id="LC_ALL goes first"),
        pytest.param({"LANG": "de_DE.UTF-8"}, "en", id="any other locale"),
        pytest.param({"LC_MESSAGES": "zh_TW"}, "zh", id="messages alone"),
    ],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], lang: str) -> None:
    assert locale_language(environ) == lang


def test_the_option_goes_before_the_locale() -> None:
    assert find_language(["check", "x.apk", "--lang", "zh"], {"LANG": "en_US"}) == "zh"
    assert find_language(["check", "x.apk", "--lang"], {"LANG": "en_US"}) == "en"


def test_version_names_tool_rules_and_knowledge() -> None:
    done = CliRunner().invoke(cli, ["--version"])
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.output.splitlines()] == ["mingcha", "rules", "knowledge"]


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "mingcha", "--lang", "en", "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: mingcha ")
