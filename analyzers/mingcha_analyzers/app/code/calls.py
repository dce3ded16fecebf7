"""What the methods of one DEX call, create and test, in numbers of the program.

Edges of methods that test a flag keep their place, so that it can be said which of them the flag guards.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.branches import Sites, Tests, field_keys, read_tests
from mingcha_analyzers.app.code.handlers import Handlers
from mingcha_analyzers.app.code.hashing import Keys, Numbers, sorted_unique
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.code.tables import load_callbacks
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.callsites import read_call_site_methods
from mingcha_analyzers.app.dex.values import DexFile

Kinds = npt.NDArray[np.uint8]

# What an edge leads to: a method called (to one definition, or dispatched), a class created, one initialised, or a
# component class named beside a call that starts components.
CALL, DISPATCH, CREATE, INITIALISE, START = range(5)
_KIND_BITS, _CAUGHT_BITS = 3, 1
_KIND_MASK = np.uint8((1 << _KIND_BITS) - 1)
_TARGET_BITS = 31

_VIRTUAL = np.zeros(256, np.bool_)
_VIRTUAL[[0x6E, 0x72, 0x74, 0x78, 0xFA, 0xFB]] = True
_STATIC_CALL = np.zeros(256, np.bool_)
_STATIC_CALL[[0x71, 0x77]] = True
_STATIC_FIELD = np.zeros(256, np.bool_)
_STATIC_FIELD[0x60:0x6E] = True
_GET_BOOLEAN, _PUT_BOOLEAN = 0x63, 0x6A


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Methods with code: class, key of the signature, access flags, place in the DEX's pool, returned type.

    ``item``: body in the DEX, from ``start`` on, ``size`` long (code units).
    """

    part: int
    class_: Numbers
    name: Numbers
    signature: Keys
    access: Numbers
    method: Numbers
    item: Numbers
    returns: Numbers
    start: Numbers
    size: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """``source``: a node; ``kind`` and ``target``: see the kinds; ``offset``: place in the source.

    ``caught``: whether the edge counts only after an exception was caught.
    """

    source: Numbers
    kind: Kinds
    target: Numbers
    offset: Numbers
    caught: npt.NDArray[np.bool_]

    def take(self, chosen: npt.NDArray[np.bool_] | Numbers) -> "Edges":
        """Return some of the edges."""
        return Edges(
            self.source[chosen], self.kind[chosen], self.target[chosen], self.offset[chosen], self.caught[chosen]
        )


@dataclass(frozen=True, slots=True, eq=False)
class PartCalls:
    """One DEX: its nodes (numbered from ``base``), plain edges, edges of methods with tests, tests, boolean stores."""

    nodes: Nodes
    plain: Edges
    tested: Edges
    tests: Tests
    stored_field: Keys
    stored_by: Numbers
    read_field: Keys
    read_by: Numbers


def collect_calls(
    program: Program,
    number: int,
    dex: DexFile,
    handlers: Handlers,
    base: int,
    targets: int,
    starters: npt.NDArray[np.bool_],
) -> PartCalls:
    """Return the nodes and edges of one DEX.

    ``base``: nodes before it; ``targets``: method numbers before it; ``starters``: by name, calls that start
    components.
    """
    part = program.parts[number]
    nodes = _read_nodes(number, part, dex)
    sites = _read_sites(nodes, dex, base)
    edges = _read_edges(program, part, dex, sites, handlers.cover(sites.place), targets, starters)
    tests = read_tests(program, part, dex, nodes.size, sites, base, targets)
    with_tests = np.zeros(len(nodes.class_), np.bool_)
    with_tests[tests.node - base] = True
    apart = with_tests[edges.source - base]
    stores = sites.opcode == _PUT_BOOLEAN
    reads = sites.opcode == _GET_BOOLEAN
    return PartCalls(
        nodes=nodes,
        plain=_fold(edges, ~apart),
        tested=edges.take(apart),
        tests=tests,
        stored_field=field_keys(part, sites.index[stores]),
        stored_by=sites.node[stores],
        read_field=field_keys(part, sites.index[reads]),
        read_by=sites.node[reads],
    )


def _read_nodes(number: int, part: DexPart, dex: DexFile) -> Nodes:
    definitions = dex.definitions
    chosen = np.flatnonzero(part.own[definitions.class_def] & (definitions.item >= 0))
    method, item = definitions.method[chosen], definitions.item[chosen]
    return Nodes(
        part=number,
        class_=part.def_class[definitions.class_def[chosen]],
        name=part.method_name[method],
        signature=part.method_signature[method],
        access=definitions.access[chosen],
        method=method,
        item=item,
        returns=part.method_returns[method],
        start=dex.items.start[item],
        size=dex.items.size[item],
    )


def _read_sites(nodes: Nodes, dex: DexFile, base: int) -> Sites:
    """Return the references of the nodes' bodies."""
    refs = dex.references
    order = np.argsort(nodes.item, kind="stable")
    owners = np.bincount(nodes.item, minlength=len(dex.items.start))
    first = np.cumsum(owners) - owners
    repeat = owners[refs.item]
    start = dex.items.start.astype(np.int32)
    if len(repeat) and repeat.min() == 1 and repeat.max() == 1:
        node = (order + base).astype(np.int32)[first[refs.item]]
        return Sites(node, refs.opcode, refs.kind, refs.offset, refs.index, start[refs.item] + refs.offset)
    chosen = np.repeat(np.arange(len(repeat)), repeat)
    within = np.arange(len(chosen)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    node = (order + base).astype(np.int32)[first[refs.item[chosen]] + within]
    item, offset = refs.item[chosen], refs.offset[chosen]
    return Sites(node, refs.opcode[chosen], refs.kind[chosen], offset, refs.index[chosen], start[item] + offset)


def _read_edges(
    program: Program,
    part: DexPart,
    dex: DexFile,
    sites: Sites,
    caught: npt.NDArray[np.bool_],
    targets: int,
    starters: npt.NDArray[np.bool_],
) -> Edges:
    calls = np.flatnonzero(sites.kind == opcodes.METHOD)
    kind = np.where(_VIRTUAL[sites.opcode[calls]], np.uint8(DISPATCH), np.uint8(CALL))
    found = [(calls, kind, sites.index[calls] + targets)]
    created = np.flatnonzero(sites.kind == opcodes.NEW)
    found.append(_class_edges(program, CREATE, created, part.type_class[sites.index[created]]))
    statics = calls[_STATIC_CALL[sites.opcode[calls]]]
    found.append(_class_edges(program, INITIALISE, statics, part.method_class[sites.index[statics]]))
    fields = np.flatnonzero(_STATIC_FIELD[sites.opcode])
    owner = part.pools.fields["class"][sites.index[fields]].astype(np.int64)
    inside = owner < len(part.type_class)
    found.append(_class_edges(program, INITIALISE, fields[inside], part.type_class[owner[inside]]))
    starting = sorted_unique(sites.node[calls[starters[part.method_name[sites.index[calls]]]]])
    named = np.flatnonzero(sites.kind == opcodes.CLASS)
    made = named[program.classes_below(load_callbacks().named)[part.type_class[sites.index[named]]]]
    found.append(_class_edges(program, CREATE, made, part.type_class[sites.index[made]]))
    named = named[np.isin(sites.node[named], starting)]
    found.append(_class_edges(program, START, named, part.type_class[sites.index[named]]))
    found.append(_call_site_edges(dex, sites, targets))
    site, kinds, target = (np.concatenate(column) for column in zip(*found, strict=True))
    return Edges(sites.node[site], kinds, target, sites.offset[site], caught[site])


# Site, kind, target.
Columns = tuple[Numbers, Kinds, Numbers]


def _class_edges(program: Program, kind: int, chosen: Numbers, classes: Numbers) -> Columns:
    """Return edges to classes that the package defines."""
    inside = program.defined[classes]
    return chosen[inside], np.full(int(inside.sum()), kind, np.uint8), classes[inside].astype(np.int32)


def _call_site_edges(dex: DexFile, sites: Sites, targets: int) -> Columns:
    chosen = np.flatnonzero(sites.kind == opcodes.CALL_SITE)
    methods = read_call_site_methods(dex) if len(chosen) else {}
    rows = [
        (site, CALL, method + targets) for site in chosen.tolist() for method in methods.get(int(sites.index[site]), ())
    ]
    columns = np.array(rows, np.int32).reshape(-1, 3)
    return columns[:, 0], columns[:, 1].astype(np.uint8), columns[:, 2]


def _fold(edges: Edges, chosen: npt.NDArray[np.bool_]) -> Edges:
    """Return the distinct edges; their place does not matter."""
    packed = edges.source[chosen].astype(np.int64) << (_TARGET_BITS + _KIND_BITS + _CAUGHT_BITS)
    packed |= edges.caught[chosen].astype(np.int64) << (_TARGET_BITS + _KIND_BITS)
    packed |= edges.kind[chosen].astype(np.int64) << _TARGET_BITS
    packed |= edges.target[chosen]
    folded = sorted_unique(packed)
    return Edges(
        (folded >> (_TARGET_BITS + _KIND_BITS + _CAUGHT_BITS)).astype(np.int32),
        (folded >> _TARGET_BITS).astype(np.uint8) & _KIND_MASK,
        (folded & (1 << _TARGET_BITS) - 1).astype(np.int32),
        np.broadcast_to(np.int32(-1), len(folded)),
        (folded >> (_TARGET_BITS + _KIND_BITS) & 1).astype(np.bool_),
    )
