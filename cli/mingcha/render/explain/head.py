"""What stands before the text: which policy it is, what of it was not read, the legend and the outline."""

from collections import Counter
from collections.abc import Sequence

from mingcha.exit_status import NOT_YET
from mingcha.render.explain.reading import Kind, Reading
from mingcha.render.naming import MAX_VALUE, section_name
from mingcha.render.untrusted import visible
from mingcha.render.web.markup import Html, element, text_html
from mingcha.result import Result
from mingcha.words import Phrases
from mingcha_analyzers.policy.values import Policy
from mingcha_analyzers.values import Limit

# Shown at first unless here: elements stand in nearly every sentence.
_OFF = frozenset({Kind.ELEMENT})
MAX_LINKS = 400
MAX_LIMITS = 20


def render_head(result: Result, policy: Policy, words: Phrases, *, left_out: int, cut: int) -> Html:
    """Return the title, who made the policy and when, and what the page does not show."""
    tool = result.tool
    made = words("tool_line", version=tool.version, rules=tool.rules_version, knowledge=tool.knowledge_version)
    title = visible(policy.title or words("explain.title"), MAX_VALUE)
    lines = [element("h1", text_html(title)), element("p", text_html(_facts(policy, words)), class_="facts")]
    lines += [element("p", text_html(line), class_="warning") for line in _warnings(policy, words, left_out, cut)]
    lines.append(element("p", text_html(f"{made}　{result.as_of}"), class_="made"))
    return element("header", *lines)


def _facts(policy: Policy, words: Phrases) -> str:
    facts = []
    if policy.controller:
        facts.append(words("value.controller", name=visible(policy.controller, MAX_VALUE)))
    if policy.dates.updated:
        facts.append(words("value.updated", date=policy.dates.updated))
    if policy.dates.effective:
        facts.append(words("value.effective", date=policy.dates.effective))
    return ("　" if words.lang == "zh" else "; ").join(facts)


def _warnings(policy: Policy, words: Phrases, left_out: int, cut: int) -> list[str]:
    limits = [limit for limit in policy.limits if limit.reason != NOT_YET]
    told = [_limit(limit, words) for limit in limits[:MAX_LIMITS]]
    if len(limits) > MAX_LIMITS:
        told.append(words("value.more_items", count=len(limits)))
    if left_out:
        told.append(words("explain.left_out", count=f"{left_out:,}"))
    if cut:
        told.append(words("explain.cut", count=f"{cut:,}"))
    return told


def _limit(limit: Limit, words: Phrases) -> str:
    stage, reason = words.or_key("stage", limit.stage), words.judged("not_analysed", limit.reason)
    return f"{stage}: {reason} {visible(limit.detail, MAX_VALUE)}"


def render_legend(readings: Sequence[Reading], words: Phrases) -> Html:
    """Return the kinds of marks, each with a box that shows or hides it; boxes work without the script."""
    counts = Counter(reading.kind for reading in readings)
    entries = [_entry(kind, counts[kind], words) for kind in Kind]
    head = element("legend", text_html(words("explain.legend")))
    return element("fieldset", head, *entries, class_="legend")


def _entry(kind: Kind, count: int, words: Phrases) -> Html:
    name = f"on-{kind}"
    box = element("input", type="checkbox", id=name, checked=kind not in _OFF, disabled=not count, data_kind=kind.value)
    sign = element("span", text_html(words(f"letter.{kind}")), class_=f"sign {kind}")
    sample = element("span", text_html(words(f"kind.{kind}")), class_=f"sample {kind}")
    label = element("label", sign, sample, f" {count}", for_=name)
    return element("span", box, label, class_="entry" if count else "entry none")


def render_outline(policy: Policy, words: Phrases) -> Html:
    """Return links to the sections that have headings."""
    headed = [(at, section) for at, section in enumerate(policy.sections) if section.heading]
    links = [
        element(
            "li",
            element("a", text_html(visible(section.heading or "", 60)), href=f"#s{at}"),
            element("span", text_html(section_name(section.type, words)), class_="of") if section.type else "",
        )
        for at, section in headed[:MAX_LINKS]
    ]
    if len(headed) > MAX_LINKS:
        links.append(element("li", text_html(words("value.more_items", count=len(headed)))))
    head = element("summary", text_html(words("explain.contents")))
    return element("details", head, element("ol", *links))
