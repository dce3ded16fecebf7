"""Brings in-app texts of all sources together: what each stands for, where it is, and whose."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.archive import Entries
from mingcha_analyzers.app.code import CodeFacts
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.ui.cues import RECOMMENDATION, Cue, Cues, load_cues, load_ui_words
from mingcha_analyzers.app.ui.drawn import find_drawn_elsewhere
from mingcha_analyzers.app.ui.layouts import LANGUAGES, Layout, LayoutReader, Widget, one_line
from mingcha_analyzers.app.ui.names import ResourceOwners, find_names
from mingcha_analyzers.app.ui.prompts import prompt_of_layout, prompts_in_code
from mingcha_analyzers.app.ui.values import ConsentPrompt, Ui, UiRole, UiSource, UiText
from mingcha_analyzers.app.ui.web import find_web_texts
from mingcha_analyzers.app.values import Component, SdkFound
from mingcha_analyzers.values import Limit

# Of one fact and role so many places are kept.
_KEPT = 8
_MAX_NAME = 100
# Too ordinary to mean anything outside a layout.
_IN_LAYOUTS_ALONE = (UiRole.WEAK_BUTTON, UiRole.INPUT, UiRole.ACCOUNT)
_RANK = {
    UiSource.LAYOUT: 0,
    UiSource.STRING: 1,
    UiSource.CODE: 2,
    UiSource.ASSET: 3,
    UiSource.ACTIVITY: 4,
    UiSource.RESOURCE_NAME: 5,
}


@dataclass(frozen=True, slots=True)
class UiParts:
    """The parts of a package that texts come from.

    ``files``: name and bytes of web files.
    """

    entries: Entries
    resources: ResourceTable
    code: CodeFacts
    files: Sequence[tuple[str, bytes]]
    components: Sequence[Component]
    sdks: Sequence[SdkFound]
    owners: Owners


def read_ui(parts: UiParts) -> tuple[Ui, tuple[Limit, ...]]:
    """Return the texts and consent prompts of a package, and what could not be read."""
    cues = load_cues()
    owners = ResourceOwners(parts.sdks, parts.owners)
    texts: list[UiText] = []
    prompts: list[ConsentPrompt] = []
    layouts = LayoutReader(parts.entries, parts.resources)
    for layout in layouts.read():
        owner = owners.of_layout(layout)
        found = list(_layout_texts(layout, owner, cues))
        texts += found
        prompt = prompt_of_layout(layout, owner, cues) if found else None
        if prompt is not None:
            prompts.append(prompt)
    texts += _string_texts(parts.resources, owners, cues)
    code = list(_code_texts(parts, cues))
    texts += code
    prompts += prompts_in_code(code)
    texts += find_web_texts(parts.files, cues)
    texts += find_names(parts.resources, parts.components, owners)
    prompts.sort(key=lambda prompt: (prompt.source, prompt.place))
    elsewhere = find_drawn_elsewhere(parts.entries.names(), parts.code.classes)
    return Ui(_surest(texts), tuple(prompts)), (*layouts.limits, *elsewhere)


def _texts_of(text: str, cues: Cues, source: UiSource, place: str, owner: str) -> Iterator[UiText]:
    """Yield what a text stands for outside a layout."""
    for cue in cues.find(text):
        if cue.role is not None and cue.role not in _IN_LAYOUTS_ALONE:
            yield UiText(cue.fact, cue.role, _is_strong(cue, text), text, source, place, owner)


def _is_strong(cue: Cue, text: str, *, switch: bool = False) -> bool:
    """Return whether a cue proves its fact: a mention of recommendations does so only beside a way to stop them."""
    if cue.fact != RECOMMENDATION:
        return cue.strong
    lowered = text.lower()
    return cue.strong and (switch or any(word in lowered for word in load_ui_words()["switch_words"]))


def _string_texts(resources: ResourceTable, owners: ResourceOwners, cues: Cues) -> Iterator[UiText]:
    for found in resources.texts(LANGUAGES, cues.may_hold):
        place, owner = f"{found.type}/{found.name[:_MAX_NAME]}", owners.of_name(found.name)
        yield from _texts_of(one_line(found.text), cues, UiSource.STRING, place, owner)


def _code_texts(parts: UiParts, cues: Cues) -> Iterator[UiText]:
    for found in parts.code.texts:
        owner = parts.owners.of(found.class_[1:-1].replace("/", "."))
        place = f"{found.class_}->{found.method}"
        yield from _texts_of(one_line(found.text), cues, UiSource.CODE, place, owner)


def _layout_texts(layout: Layout, owner: str, cues: Cues) -> Iterator[UiText]:
    words = load_ui_words()["widgets"]
    inputs, switches = tuple(words["input"]), tuple(words["switch"])
    for widget in layout.widgets:
        typed_into = widget.typed_into or widget.ends_with(inputs)
        switch = widget.ends_with(switches)
        for text in widget.texts:
            for cue in cues.find(text):
                if cue.role in (None, UiRole.WEAK_BUTTON) or (cue.role is UiRole.INPUT) != typed_into:
                    continue
                strong = _is_strong(cue, text, switch=switch)
                yield UiText(cue.fact, cue.role, strong, text, UiSource.LAYOUT, _place(layout, widget), owner)


def _place(layout: Layout, widget: Widget) -> str:
    return f"{layout.type}/{layout.name}" + (f"#{widget.name}" if widget.name else "")


def _surest(texts: Iterable[UiText]) -> tuple[UiText, ...]:
    """Return each text of a fact once, where it is best seen, and of one fact and role the surest few."""
    best: dict[tuple[str, UiRole, str, str], UiText] = {}
    groups: dict[tuple[str, UiRole], list[UiText]] = defaultdict(list)
    for text in sorted(texts, key=_order):
        if best.setdefault((text.fact, text.role, text.owner, text.text), text) is text:
            groups[text.fact, text.role].append(text)
    return tuple(text for _, group in sorted(groups.items()) for text in group[:_KEPT])


def _order(text: UiText) -> tuple[bool, bool, int, str, str]:
    return not text.strong, text.owner != "app", _RANK[text.source], text.place, text.text
