"""Where the system enters a package: at start-up before consent can be given, and anywhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mingcha_analyzers.app.code.graph import Graph
from mingcha_analyzers.app.code.owners import APP, Owners
from mingcha_analyzers.app.code.program import Program
from mingcha_analyzers.app.code.tables import EntryPoints, load_entry_points
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_analyzers.app.values import Component, ComponentKind

_FACTORY = b"Landroid/app/AppComponentFactory;"
_APPLICATION = b"Landroid/app/Application;"


@dataclass(frozen=True, slots=True)
class Entries:
    """Nodes of the graph: those run at start-up, and all."""

    start_up: tuple[int, ...]
    all: tuple[int, ...]


def class_descriptor(name: str) -> bytes:
    """Return a dotted class name as a descriptor."""
    return b"L" + name.replace(".", "/").encode("utf-8", "surrogatepass") + b";"


def startable_components(program: Program, components: Iterable[Component]) -> list[tuple[int, tuple[int, ...]]]:
    """Return classes of components that code can start, with the names of their life cycle."""
    cycles = load_entry_points().life_cycle
    kinds = {ComponentKind.ACTIVITY, ComponentKind.SERVICE, ComponentKind.RECEIVER}
    found: dict[int, tuple[int, ...]] = {}
    for component in components:
        class_ = _defined(program, class_descriptor(component.name))
        if component.kind in kinds and class_ is not None:
            found.setdefault(class_, _numbers(program, cycles[component.kind]))
    return list(found.items())


def find_hidden_applications(program: Program, components: Sequence[Component], owners: Owners) -> Iterator[Component]:
    """Yield the application classes that a packer's or build tool's own may start in place of itself."""
    if not any(owners.starts_another(component) for component in components):
        return
    for class_ in np.flatnonzero(program.classes_below((_APPLICATION,)) & program.defined).tolist():
        name = dotted(decode_mutf8(program.class_name(class_)))
        if owners.of(name) == APP:
            yield Component(ComponentKind.APPLICATION, name, False, None, (), ())


def find_entries(program: Program, graph: Graph, components: Sequence[Component]) -> Entries:
    """Return the entry points of a package."""
    table = load_entry_points()
    start_up: list[int] = []
    all_: list[int] = []
    for class_, kind, early in _classes(program, components, table):
        nodes = [graph.class_base + class_]
        for name in _numbers(program, table.life_cycle[kind]):
            nodes += graph.index.find_method(class_, name)
        all_ += nodes
        if early:
            start_up += nodes
        for name in _numbers(program, table.other):
            all_ += graph.index.find_method(class_, name)
    return Entries(_methods_first(graph, start_up), _methods_first(graph, all_))


def _methods_first(graph: Graph, nodes: Iterable[int]) -> tuple[int, ...]:
    """Return the nodes without repeats, methods before classes, so that ways begin at methods."""
    return tuple(sorted(dict.fromkeys(nodes), key=lambda node: node >= graph.class_base))


def _classes(program: Program, components: Sequence[Component], table: EntryPoints) -> Iterator[tuple[int, str, bool]]:
    """Yield classes that the system creates, their kind, and whether it does so at start-up."""
    for factory in np.flatnonzero(program.classes_below((_FACTORY,)) & program.defined).tolist():
        yield factory, "factory", True
    for component in components:
        class_ = _defined(program, class_descriptor(component.name))
        if class_ is not None:
            yield class_, component.kind.value, is_early(component, table)
        for entry in component.meta_data:
            initializer = _defined(program, class_descriptor(entry.name))
            if entry.value == table.initializer_value and initializer is not None:
                yield initializer, "initializer", True


def is_early(component: Component, table: EntryPoints | None = None) -> bool:
    """Return whether the system runs a component before the user can have agreed to anything."""
    table = table or load_entry_points()
    if component.kind in (ComponentKind.APPLICATION, ComponentKind.PROVIDER):
        return True
    if component.kind is ComponentKind.RECEIVER:
        return any(table.self_start_actions.intersection(each.actions) for each in component.intent_filters)
    return any(
        table.launcher_action in each.actions and table.launcher_category in each.categories
        for each in component.intent_filters
    )


def _defined(program: Program, descriptor: bytes) -> int | None:
    number = program.classes.numbers.get(descriptor)
    return number if number is not None and program.defined[number] else None


def _numbers(program: Program, names: Iterable[bytes]) -> tuple[int, ...]:
    return tuple(program.names.numbers[name] for name in names if name in program.names.numbers)
