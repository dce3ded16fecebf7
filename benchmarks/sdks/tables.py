"""The figures as Markdown, and their place in docs/accuracy.md."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.sdks.evaluating import Missed, Outcome
from benchmarks.sdks.scoring import Score
from benchmarks.sdks.timing import Times

PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"


def name_tables(outcomes: Mapping[str, Outcome]) -> str:
    """Return the tables for packages in which nothing was renamed."""
    lines = ["| packages | count | recall | precision | named for sure: recall | precision | owners of calls right |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for name, each in outcomes.items():
        figures = (*_figures(each.names), *_figures(each.sure), _counted(each.owners))
        lines.append(f"| {name} | {each.packages} | {' | '.join(figures)} |")
    lines += ["", *_wrong_names(outcomes), "", *_hits(outcomes), "", *_missing(outcomes)]
    return "\n".join(lines).rstrip() + "\n"


def _figures(score: Score) -> tuple[str, str]:
    right = len(score.right)
    return (
        f"{score.recall:.3f} ({right}/{right + len(score.missed)})",
        f"{score.precision:.3f} ({right}/{right + len(score.false)})",
    )


def _counted(score: Score) -> str:
    count = len(score.right) + len(score.missed)
    return f"{score.recall:.3f} ({len(score.right)}/{count})" if count else "not measured"


def _wrong_names(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    yield "| packages | what | wrong | where |"
    yield "| --- | --- | --- | --- |"
    for name, each in outcomes.items():
        for what, pairs in (
            ("missed", each.names.missed),
            ("false", each.names.false),
            ("owner", each.owners.false),
        ):
            yield from (f"| {name} | {what} | {line} |" for line in _grouped(pairs))


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield each wrong name with the packages it was wrong in, three of them by name."""
    places: dict[str, Counter[str]] = {}
    for package, key in pairs:
        places.setdefault(key, Counter())[package] += 1
    for key, packages in sorted(places.items()):
        named = ", ".join(sorted(packages)[:3])
        more = f" and {len(packages) - 3} more" if len(packages) > 3 else ""
        yield f"{key} | {named}{more}"


def _hits(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield the table of hits of plain matchers that the tool does not name."""
    yield "| packages | hits of plain matchers | not named by the tool | with a reason | without |"
    yield "| --- | --- | --- | --- | --- |"
    for name, each in outcomes.items():
        unexplained = [missed for missed in each.missed if missed.reason is None]
        explained = len(each.missed) - len(unexplained)
        yield f"| {name} | {each.hits} | {len(each.missed)} | {explained} | {len(unexplained)} |"
    yield ""
    yield "| record | list | signature | matched | reason | packages |"
    yield "| --- | --- | --- | --- | --- | --- |"
    yield from _missed_hits([missed for each in outcomes.values() for missed in each.missed])


def _missed_hits(all_missed: Iterable[Missed]) -> Iterator[str]:
    rows: dict[tuple[str, str, str, str], list[Missed]] = {}
    for missed in all_missed:
        hit = missed.hit
        rows.setdefault((hit.id, hit.source, hit.signature, missed.reason or "**none**"), []).append(missed)
    for (key, source, signature, reason), group in sorted(rows.items()):
        matched = group[0].hit.matched
        yield f"| {key} | {source} | `{signature}` | `{matched}` | {reason} | {len(group)} |"


def _missing(outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    for name, each in outcomes.items():
        for missing in each.missing:
            yield f"Not measured ({name}): {missing.name}, {missing.reason}."


def time_table(times: Iterable[Times]) -> str:
    """Return the table of CPU seconds."""
    lines = ["| package | MB | reading, all | without naming SDKs | naming adds | androguard's class names, searched |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for each in times:
        peer = f"{each.peer:.2f}" if each.peer is not None else "not installed"
        figures = f"{each.all:.2f} | {each.without:.2f} | {each.all - each.without:.2f} | {peer}"
        lines.append(f"| {each.package} | {each.megabytes:.1f} | {figures} |")
    return "\n".join(lines) + "\n"


def shrunk_tables(outcomes: Mapping[tuple[str, str], Outcome]) -> str:
    """Return the tables for shrunk and renamed code, by tool and by what was learnt."""
    lines = ["| shrunk by | learnt of the SDK inside | packages | recall | precision | owners of calls right |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for (how, learnt), each in outcomes.items():
        figures = (*_figures(each.names), _counted(each.owners))
        lines.append(f"| {how} | {learnt} | {each.packages} | {' | '.join(figures)} |")
    lines += ["", "| shrunk by, learnt | what | SDK | where |", "| --- | --- | --- | --- |"]
    for (how, learnt), each in outcomes.items():
        for what, pairs in (("missed", each.names.missed), ("false", each.names.false)):
            lines += [f"| {how}, {learnt} | {what} | {line} |" for line in _grouped(pairs)]
    lines += ["", *_missing({f"{how}, {learnt}": each for (how, learnt), each in outcomes.items()})]
    return "\n".join(lines).rstrip() + "\n"


def write_section(name: str, text: str, page: Path = PAGE) -> None:
    """Put a text between the marks of a section in a page."""
    start, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    old = page.read_text("utf-8")
    new, count = re.subn(f"{re.escape(start)}.*?{re.escape(end)}", lambda _: f"{start}\n{text}\n{end}", old, flags=re.S)
    if count != 1:
        raise ValueError(f"{page} has no section {name}")
    page.write_text(new, "utf-8")
