"""Consent prompts: a layout, or a class, that names the policy beside a button or a box to agree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mingcha_analyzers.app.ui.cues import POLICY, Cues, load_ui_words
from mingcha_analyzers.app.ui.layouts import Layout
from mingcha_analyzers.app.ui.values import ConsentBox, ConsentPrompt, UiRole, UiSource, UiText

_SHOWN = 200


@dataclass(slots=True)
class _Parts:
    """What a prompt is made of, gathered text by text."""

    policy: str = ""
    asks: bool = False
    said: dict[UiRole, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, text: str, cues: Cues) -> bool:
        """Take a text in; return whether it names the policy."""
        named = False
        for cue in cues.find(text):
            if _names_policy(cue.fact, cue.role):
                named = True
                self.name_policy(text)
            elif cue.role is not None:
                self.said[cue.role][text] = None
        return named

    def name_policy(self, text: str) -> None:
        """Keep the text that names the policy; one that asks to read or agree goes before a bare link."""
        asks = any(word in text.lower() for word in load_ui_words()["asking"])
        if not self.policy or (asks and not self.asks):
            self.policy, self.asks = text[:_SHOWN], asks

    def prompt(
        self, source: UiSource, place: str, owner: str, boxes: tuple[ConsentBox, ...] = ()
    ) -> ConsentPrompt | None:
        """Return the prompt, if the parts make one."""
        can_agree = self.said[UiRole.AGREE] or boxes or (self.asks and self.said[UiRole.WEAK_BUTTON])
        if not self.policy or not can_agree:
            return None
        said = {role: tuple(texts) for role, texts in self.said.items()}
        return ConsentPrompt(
            source=source,
            place=place,
            owner=owner,
            policy=self.policy,
            agree=said.get(UiRole.AGREE, ()),
            refuse=said.get(UiRole.REFUSE, ()),
            basic_mode=said.get(UiRole.BASIC_MODE, ()),
            weak_buttons=said.get(UiRole.WEAK_BUTTON, ()),
            boxes=boxes,
        )


def _names_policy(fact: str, role: UiRole | None) -> bool:
    return fact == POLICY or role is UiRole.IMPLIED


def prompt_of_layout(layout: Layout, owner: str, cues: Cues) -> ConsentPrompt | None:
    """Return the consent prompt that a layout is, None for another."""
    parts = _Parts()
    naming: set[int] = set()
    for widget in layout.widgets:
        for text in widget.texts:
            if parts.take(text, cues):
                naming.add(widget.parent)
    if not parts.policy:
        return None
    boxes = tuple(_boxes(layout, naming, cues))
    return parts.prompt(UiSource.LAYOUT, f"{layout.type}/{layout.name}", owner, boxes)


def _boxes(layout: Layout, naming: set[int], cues: Cues) -> Iterator[ConsentBox]:
    """Yield the boxes that ask for consent: those that name the policy, and those without a text of their own."""
    kinds = tuple(load_ui_words()["widgets"]["box"])
    for widget in layout.widgets:
        if not widget.ends_with(kinds):
            continue
        own = any(_names_policy(cue.fact, cue.role) for text in widget.texts for cue in cues.find(text))
        if own or not widget.texts:
            beside = own or widget.parent in naming
            yield ConsentBox(widget.name, widget.tag, bool(widget.ticked), beside)


def prompts_in_code(texts: Iterable[UiText]) -> Iterator[ConsentPrompt]:
    """Yield the prompts that classes make of texts in code: policy, agree and perhaps refuse."""
    classes: dict[tuple[str, str], _Parts] = defaultdict(_Parts)
    for text in texts:
        if text.source is not UiSource.CODE:
            continue
        parts = classes[text.place.partition("->")[0].partition("$")[0].removesuffix(";"), text.owner]
        if _names_policy(text.fact, text.role):
            parts.name_policy(text.text)
        else:
            parts.said[text.role][text.text] = None
    for (class_, owner), parts in sorted(classes.items(), key=lambda each: each[0]):
        prompt = parts.prompt(UiSource.CODE, f"{class_};", owner) if parts.said[UiRole.AGREE] else None
        if prompt is not None:
            yield prompt
