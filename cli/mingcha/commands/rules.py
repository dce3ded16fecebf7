"""``mingcha rules``: what is looked for, and on which clauses it rests."""

import click

from mingcha.commands.options import make_command, message_options
from mingcha.main import HelpInLanguage, Settings
from mingcha.output import write_stdout
from mingcha.words import Phrases
from mingcha_corpora.errors import UsageError


class _Group(HelpInLanguage, click.Group):
    """The group of the rules commands, with help in the user's language."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with what they do."""
        from mingcha.language import help_text

        lang = ctx.find_root().obj.lang
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text(f"command.rules.{name}", lang)) for name in sorted(self.commands)])


@click.group("rules", cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """List the rules or show one."""


@make_command("list")
@message_options
@click.pass_obj
def list_rules(settings: Settings) -> None:
    """Print a line for each rule: id, severity, check, clauses, title; columns parted by tabs."""
    from mingcha_rules.card import load_cards

    lines = [
        "\t".join((card.id, card.severity.value, card.check, " ".join(card.clauses), card.title.in_(settings.lang)))
        for card in load_cards().values()
    ]
    write_stdout("\n".join(lines) + "\n")


@make_command("show")
@click.argument("rule_id")
@message_options
@click.pass_obj
def show_rule(settings: Settings, rule_id: str) -> None:
    """Print everything about one rule."""
    from mingcha_rules.card import load_cards

    cards = load_cards()
    card = cards.get(rule_id)
    if card is None:
        raise UsageError("rule_unknown", path="rules show", rule=rule_id)
    words = Phrases(settings.lang)
    rows = [
        ("rule", f"{card.id} {card.name}"),
        ("message", card.title.in_(settings.lang)),
        ("severity", words.judged("severities", card.severity.value)),
        ("check", card.check),
        ("needs", words(f"rules.needs.{card.needs.value}")),
        ("clause", " ".join(card.clauses)),
        ("in_force", " ".join(card.counterparts())),
        ("covers", " ".join(card.covers)),
        ("scene", card.scene or words("value.none")),
        ("message", card.message.in_(settings.lang)),
        ("remedy", card.remedy.in_(settings.lang)),
        ("since", card.since),
    ]
    write_stdout("".join(f"{words(f'label.{label}')}: {value}\n" for label, value in rows))


command.add_command(list_rules)
command.add_command(show_rule)
