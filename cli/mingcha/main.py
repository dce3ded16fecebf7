"""The command ``mingcha``: finds the sub-command and ends every run, good or bad, in one place.

Nothing but click is imported here; a sub-command loads when it is used.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from mingcha.language import find_language, help_text, help_words

COMMANDS = ("check", "app", "policy", "diff", "batch", "report", "rules", "sdks", "doctor")
INTERRUPTED = 130


@dataclass(slots=True)
class Settings:
    """What holds for the whole run; filled while the command line is read."""

    lang: str = "en"
    verbosity: int = 0


class HelpInLanguage(click.Command):
    """A command whose help texts are looked up under its name when they are shown."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters, each option with its help in the user's language."""
        params = super().get_params(ctx)
        words, lang = help_words(), _language(ctx)
        for param in params:
            name = "help" if "--help" in param.opts else param.name
            keys = (f"{self.name}.{name}", f"option.{name}")
            entry = next((words[key] for key in keys if key in words), None)
            if isinstance(param, click.Option) and entry is not None:
                param.help = entry[lang]
        return params

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, in the user's language."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(help_text(f"command.{_key(ctx)}", _language(ctx)))


class LazyGroup(HelpInLanguage, click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a reader wants them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"mingcha.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        rows = [(name, help_text(f"command.{name}", _language(ctx))) for name in COMMANDS]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run the command line and exit; the only place where errors become words and an exit status."""
        words = list(sys.argv[1:] if args is None else args)
        settings = Settings(find_language(words))
        extra |= {"obj": settings, "standalone_mode": False}
        sys.exit(self._run(settings, words, *rest, **extra))

    def _run(self, settings: Settings, args: list[str], *rest: Any, **extra: Any) -> int:
        try:
            status = super().main(args, *rest, **extra)
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            return INTERRUPTED
        except Exception as error:  # The one net under everything: a crash must never look like findings.
            return _report(error, settings)
        return status if isinstance(status, int) else 0


def _report(error: Exception, settings: Settings) -> int:
    from mingcha.failures import describe_failure

    failure = describe_failure(error, settings.lang, details=settings.verbosity > 0)
    click.echo(failure.text, err=True)
    return failure.exit_code


def _language(ctx: click.Context) -> str:
    settings = ctx.find_root().obj
    return settings.lang if isinstance(settings, Settings) else "en"


def _key(ctx: click.Context) -> str:
    names = []
    while ctx.parent is not None:
        names.append(str(ctx.command.name))
        ctx = ctx.parent
    return ".".join(reversed(names)) or "mingcha"


def _print_versions(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from mingcha.versions import tool_info

    tool = tool_info()
    click.echo(f"mingcha {tool.version}\nrules {tool.rules_version}\nknowledge {tool.knowledge_version}")
    ctx.exit()


@click.group(cls=LazyGroup, name="mingcha", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_print_versions)
@click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False)  # Read ahead by find_language.
def cli() -> None:
    """Hold an Android app and its privacy policy against the Chinese standards."""
