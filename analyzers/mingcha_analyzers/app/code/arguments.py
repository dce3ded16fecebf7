"""What a call means by its arguments: a URI, a settings key, a property, a command, a number, another package."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.code.facts import FactIndex
from mingcha_analyzers.app.dex.constants import Constant
from mingcha_corpora.facts import ApiFact

Decision = tuple[ApiFact, str, bytes]
FactOf = Callable[[bytes], ApiFact | None]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands in the same method as a call: texts, and classes of static fields."""

    texts: tuple[bytes, ...]
    fields: tuple[bytes, ...]


_SETTINGS = b"Landroid/provider/Settings$"
_PROPERTIES = b"Landroid/os/SystemProperties;"
_COMMANDS = (b"Ljava/lang/Runtime;", b"Ljava/lang/ProcessBuilder;")
# Registers of events: any bit of the argument counts, not its value.
_BIT_MASKS = frozenset((b"listen",))
_PROBES = "app.probe"


def decide_by_arguments(
    index: FactIndex,
    fact: ApiFact,
    member: tuple[bytes, bytes],
    arguments: Sequence[Constant],
    beside: Beside,
    package_name: bytes,
) -> Iterator[Decision]:
    """Yield the facts a call shows, on what basis, and the text that decided it."""
    class_, _ = member
    texts = [text for argument in arguments for text in argument.texts]
    if fact.data_item == _PROBES:
        yield from ((fact, "by_argument", text) for text in texts[:1] if _names_another(text, package_name))
    elif member in index.constants:
        yield from _by_number(index, fact, member, arguments)
    elif class_.startswith(_SETTINGS):
        yield from _by_text(texts, beside.texts, index.settings.get)
    elif class_ == _PROPERTIES:
        yield from _by_text(texts, beside.texts, lambda text: _property(index, text))
    elif class_ in _COMMANDS:
        joined = [b" ".join(texts)] if texts else []
        yield from _by_text(joined, beside.texts, index.fact_of_command)
    elif fact.data_item is None and fact.act is None:
        yield from _by_uri(index, arguments, texts, beside)
    else:
        yield fact, "conditional", b""


def _property(index: FactIndex, text: bytes) -> ApiFact | None:
    fact = index.exact.get(text)
    return fact if fact is not None and fact.kind == "system-property" else None


def _names_another(text: bytes, package_name: bytes) -> bool:
    return b"." in text and text != package_name


def _by_text(texts: Sequence[bytes], beside: Sequence[bytes], fact_of: FactOf) -> Iterator[Decision]:
    """Yield the facts of argument texts; where no argument is known, those of texts beside the call."""
    found = [(fact, text) for text in texts if (fact := fact_of(text)) is not None]
    if found or texts:
        yield from ((fact, "by_argument", text) for fact, text in found)
        return
    yield from ((fact, "beside", text) for text in beside if (fact := fact_of(text)) is not None)


def _by_uri(
    index: FactIndex,
    arguments: Sequence[Constant],
    texts: Sequence[bytes],
    beside: Beside,
) -> Iterator[Decision]:
    fields = [argument.field[0] for argument in arguments if argument.field]
    sure = [(fact, text) for text in texts if (fact := index.fact_of_uri(text)) is not None]
    sure += [(fact, b"") for field in fields if (fact := index.fact_of_uri_field(field)) is not None]
    if sure:
        yield from ((fact, "by_argument", text) for fact, text in sure[:1])
        return
    near = [(fact, text) for text in beside.texts if (fact := index.fact_of_uri(text)) is not None]
    near += [(fact, b"") for field in beside.fields if (fact := index.fact_of_uri_field(field)) is not None]
    yield from ((fact, "beside", text) for fact, text in near)


def _by_number(
    index: FactIndex, fact: ApiFact, member: tuple[bytes, bytes], arguments: Sequence[Constant]
) -> Iterator[Decision]:
    """Yield the facts of the number a call is given; the call's own fact where the number is not known."""
    table = index.constants[member]
    numbers = [argument.number for argument in arguments[1:] if argument.number is not None]
    if member[1] in _BIT_MASKS:
        found = [table[bit] for number in numbers for bit in sorted(table) if number > 0 and number & bit]
    else:
        found = [table[number] for number in numbers if number in table]
    if found:
        yield from ((each, "by_argument", b"") for each in found)
    elif not numbers:
        yield fact, "conditional" if fact.evidence == "conditional" else "direct", b""
