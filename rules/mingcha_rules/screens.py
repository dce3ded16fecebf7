"""What the checks ask about the screens of an app: whether their texts could be read, and what they show."""

from collections.abc import Collection

from mingcha_analyzers.app.ui.values import ConsentPrompt, Ui, UiRole, UiSource, UiText
from mingcha_analyzers.app.values import App
from mingcha_rules.facts import code_hidden
from mingcha_rules.values import AppEvidence, Words

# Fields to sign in with; a password alone may be that of a network.
_ACCOUNT_FIELDS = frozenset({"UI-I03", "UI-I04"})
_UNREAD_STAGES = ("ui", "resources")
_QUOTED = 60


def screens_of(app: App) -> Ui:
    """Return the screens, empty ones where they were not analysed."""
    return app.ui if app.ui is not None else Ui((), ())


def screens_unread(app: App) -> bool:
    """Tell whether texts of screens may lie where they were not read, so that what is missing proves nothing."""
    unread = any(limit.stage in _UNREAD_STAGES for limit in app.limits)
    return app.ui is None or unread or code_hidden(app) is not None


def account_texts(app: App) -> list[UiText]:
    """Return the texts that show that people sign in: buttons for it, or fields for a phone number and a password."""
    own = [text for text in screens_of(app).texts if not text.owner.startswith("sdk:")]
    buttons = [text for text in own if text.role is UiRole.ACCOUNT]
    fields = [text for text in own if text.role is UiRole.INPUT and text.fact in _ACCOUNT_FIELDS]
    return buttons if buttons or {text.fact for text in fields} < _ACCOUNT_FIELDS else fields


def entries(app: App, facts: Collection[str]) -> list[UiText]:
    """Return the app's own texts and names that may be the entry to one of these facts, the surest first."""
    return [
        text
        for text in screens_of(app).texts
        if text.fact in facts and text.role is UiRole.ENTRY and not text.owner.startswith("sdk:")
    ]


def text_evidence(text: UiText) -> AppEvidence:
    """Return a text of a screen as evidence."""
    return _evidence(text.text, text.source, text.place)


def prompt_evidence(prompt: ConsentPrompt) -> AppEvidence:
    """Return a consent prompt as evidence: the text that names the policy, and where."""
    return _evidence(prompt.policy, prompt.source, prompt.place)


def quoted(text: str) -> Words:
    """Return a text of a screen as it stands in messages; it is the same in every language."""
    short = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
    return Words(short, short)


def place_words(prompt: ConsentPrompt) -> Words:
    """Return where a prompt stands."""
    return Words(prompt.place, prompt.place)


def _evidence(text: str, source: UiSource, place: str) -> AppEvidence:
    return AppEvidence(kind=f"ui_{source.value}", value=f"{place}: {quoted(text).zh}", file=None, place=None)
