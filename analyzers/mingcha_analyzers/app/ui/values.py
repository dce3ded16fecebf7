"""What an app says and asks on its screens, as far as texts, layouts and names show it."""

from dataclasses import dataclass
from enum import StrEnum


class UiRole(StrEnum):
    """What a text stands for: the entry to a right or a notice, a part of a consent prompt, or a field to type in.

    ``implied``: going on is taken for consent. ``rationale``: why a permission is wanted. ``account``: people sign in.
    """

    ENTRY = "entry"
    TITLE = "title"
    AGREE = "agree"
    REFUSE = "refuse"
    BASIC_MODE = "basic_mode"
    WEAK_BUTTON = "weak_button"
    IMPLIED = "implied"
    RATIONALE = "rationale"
    INPUT = "input"
    ACCOUNT = "account"


class UiSource(StrEnum):
    """Where a text stands; ``activity`` and ``resource_name`` are names that users do not see."""

    STRING = "string"
    LAYOUT = "layout"
    CODE = "code"
    ASSET = "asset"
    ACTIVITY = "activity"
    RESOURCE_NAME = "resource_name"


@dataclass(frozen=True, slots=True)
class UiText:
    """A text or name that bears on a right, on consent or on data typed in; it proves no more than that it exists.

    ``fact``: id of ``ui_facts``. ``strong``: false where such a text stands near the matter without proving it.
    ``place``: ``string/NAME``, ``layout/NAME``, an asset's path, or class and method. ``owner``: as of observations.
    """

    fact: str
    role: UiRole
    strong: bool
    text: str
    source: UiSource
    place: str
    owner: str


@dataclass(frozen=True, slots=True)
class ConsentBox:
    """A box to tick in a consent prompt. ``own_text``: the policy is named by the box itself or beside it."""

    name: str
    widget: str
    ticked: bool
    own_text: bool


@dataclass(frozen=True, slots=True)
class ConsentPrompt:
    """A layout or a class that names the policy beside a button or box to agree; the texts are as shown."""

    source: UiSource
    place: str
    owner: str
    policy: str
    agree: tuple[str, ...]
    refuse: tuple[str, ...]
    basic_mode: tuple[str, ...]
    weak_buttons: tuple[str, ...]
    boxes: tuple[ConsentBox, ...]


@dataclass(frozen=True, slots=True)
class Ui:
    """Texts (of each fact and role some places only, strong ones and the app's own first) and consent prompts."""

    texts: tuple[UiText, ...]
    prompts: tuple[ConsentPrompt, ...]
