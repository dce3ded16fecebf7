"""``mingcha sdks``: the SDK base. Each module of this folder is a command of its name; a new file is a new command."""

from importlib import import_module
from pkgutil import iter_modules

import click

from mingcha.language import help_text
from mingcha.main import HelpInLanguage


class _Group(HelpInLanguage, click.Group):
    """The group of the SDK commands, with help in the user's language."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the modules beside this one."""
        return sorted(module.name for module in iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with what they do."""
        lang = ctx.find_root().obj.lang
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text(f"command.sdks.{name}", lang)) for name in self.list_commands(ctx)])


@click.group("sdks", cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List, show, check or lay out the records of the SDK base."""
