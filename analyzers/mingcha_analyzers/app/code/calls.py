"""What the methods of one DEX call, create and test, in numbers of the program.

Edges of methods that test a flag keep their place, so that it can be said which of them the flag guards.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, Numbers, pair, sorted_unique
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.callsites import read_call_site_methods
from mingcha_analyzers.app.dex.opcodes import LENGTH_OF_UNIT
from mingcha_analyzers.app.dex.values import DexFile

Kinds = npt.NDArray[np.uint8]

# What an edge leads to: a method called (to one definition, or dispatched), a class created, one initialised, or a
# component class named beside a call that starts components.
CALL, DISPATCH, CREATE, INITIALISE, START = range(5)
_KIND_BITS = 3
_KIND_MASK = np.uint8((1 << _KIND_BITS) - 1)
_TARGET_BITS = 31

_VIRTUAL = np.zeros(256, np.bool_)
_VIRTUAL[[0x6E, 0x72, 0x74, 0x78, 0xFA, 0xFB]] = True
_STATIC_CALL = np.zeros(256, np.bool_)
_STATIC_CALL[[0x71, 0x77]] = True
_STATIC_FIELD = np.zeros(256, np.bool_)
_STATIC_FIELD[0x60:0x6E] = True
_GET_BOOLEAN, _PUT_BOOLEAN = 0x63, 0x6A
_MOVE_RESULT = 0x0A
_IF_ZERO, _IF_NOT_ZERO = 0x38, 0x39
_RETURNS = (0x0E, 0x0F, 0x10, 0x11, 0x27)
_GOTO, _GOTO_16 = 0x28, 0x29
# So many instructions after a read its test is looked for.
_TEST_WITHIN = 6


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Methods with code: class, key of the signature, access flags, place in the DEX's pool, returned type, size."""

    part: int
    class_: Numbers
    name: Numbers
    signature: Keys
    access: Numbers
    method: Numbers
    item: Numbers
    returns: Numbers
    size: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """``source``: a node; ``kind`` and ``target``: see the kinds; ``offset``: place in the source."""

    source: Numbers
    kind: Kinds
    target: Numbers
    offset: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Tests:
    """Branches on a boolean: the node, what it guards (offsets, end exclusive), and where the boolean came from.

    ``target``: number of the called method, ``field``: key of the static field (one of the two is -1 or 0).
    """

    node: Numbers
    low: Numbers
    high: Numbers
    target: Numbers
    field: Keys


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


@dataclass(frozen=True, slots=True, eq=False)
class _Sites:
    """References with the node they stand in; a body that several methods share is there for each."""

    node: Numbers
    opcode: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    offset: Numbers
    index: Numbers
    place: Numbers


def collect_calls(
    program: Program, number: int, dex: DexFile, base: int, targets: int, starters: npt.NDArray[np.bool_]
) -> PartCalls:
    """Return the nodes and edges of one DEX.

    ``base``: nodes before it; ``targets``: method numbers before it; ``starters``: by name, calls that start
    components.
    """
    part = program.parts[number]
    nodes = _read_nodes(number, part, dex)
    sites = _read_sites(nodes, dex, base)
    edges = _read_edges(program, part, dex, sites, targets, starters)
    tests = _read_tests(program, part, dex, nodes, sites, base, targets)
    with_tests = np.zeros(len(nodes.class_), np.bool_)
    with_tests[tests.node - base] = True
    apart = with_tests[edges.source - base]
    stores = sites.opcode == _PUT_BOOLEAN
    reads = sites.opcode == _GET_BOOLEAN
    return PartCalls(
        nodes=nodes,
        plain=_fold(edges, ~apart),
        tested=Edges(edges.source[apart], edges.kind[apart], edges.target[apart], edges.offset[apart]),
        tests=tests,
        stored_field=_field_keys(part, sites.index[stores]),
        stored_by=sites.node[stores],
        read_field=_field_keys(part, sites.index[reads]),
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
        size=dex.items.size[item],
    )


def _read_sites(nodes: Nodes, dex: DexFile, base: int) -> _Sites:
    """Return the references of the nodes' bodies."""
    refs = dex.references
    order = np.argsort(nodes.item, kind="stable")
    owners = np.bincount(nodes.item, minlength=len(dex.items.start))
    first = np.cumsum(owners) - owners
    repeat = owners[refs.item]
    start = dex.items.start.astype(np.int32)
    if len(repeat) and repeat.min() == 1 and repeat.max() == 1:
        node = (order + base).astype(np.int32)[first[refs.item]]
        return _Sites(node, refs.opcode, refs.kind, refs.offset, refs.index, start[refs.item] + refs.offset)
    chosen = np.repeat(np.arange(len(repeat)), repeat)
    within = np.arange(len(chosen)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    node = (order + base).astype(np.int32)[first[refs.item[chosen]] + within]
    item, offset = refs.item[chosen], refs.offset[chosen]
    return _Sites(node, refs.opcode[chosen], refs.kind[chosen], offset, refs.index[chosen], start[item] + offset)


def _read_edges(
    program: Program,
    part: DexPart,
    dex: DexFile,
    sites: _Sites,
    targets: int,
    starters: npt.NDArray[np.bool_],
) -> Edges:
    calls = np.flatnonzero(sites.kind == opcodes.METHOD)
    kind = np.where(_VIRTUAL[sites.opcode[calls]], np.uint8(DISPATCH), np.uint8(CALL))
    found = [(sites.node[calls], kind, sites.index[calls] + targets, sites.offset[calls])]
    created = np.flatnonzero(sites.kind == opcodes.NEW)
    found.append(_class_edges(program, CREATE, sites, created, part.type_class[sites.index[created]]))
    statics = calls[_STATIC_CALL[sites.opcode[calls]]]
    found.append(_class_edges(program, INITIALISE, sites, statics, part.method_class[sites.index[statics]]))
    fields = np.flatnonzero(_STATIC_FIELD[sites.opcode])
    owner = part.pools.fields["class"][sites.index[fields]].astype(np.int64)
    inside = owner < len(part.type_class)
    found.append(_class_edges(program, INITIALISE, sites, fields[inside], part.type_class[owner[inside]]))
    starting = sorted_unique(sites.node[calls[starters[part.method_name[sites.index[calls]]]]])
    named = np.flatnonzero(sites.kind == opcodes.CLASS)
    named = named[np.isin(sites.node[named], starting)]
    found.append(_class_edges(program, START, sites, named, part.type_class[sites.index[named]]))
    found.append(_call_site_edges(dex, sites, targets))
    source, kinds, target, offset = (np.concatenate(column) for column in zip(*found, strict=True))
    return Edges(source, kinds, target, offset)


Columns = tuple[Numbers, Kinds, Numbers, Numbers]


def _class_edges(program: Program, kind: int, sites: _Sites, chosen: Numbers, classes: Numbers) -> Columns:
    """Return edges to classes that the package defines."""
    inside = program.defined[classes]
    chosen, classes = chosen[inside], classes[inside]
    return sites.node[chosen], np.full(len(chosen), kind, np.uint8), classes.astype(np.int32), sites.offset[chosen]


def _call_site_edges(dex: DexFile, sites: _Sites, targets: int) -> Columns:
    chosen = np.flatnonzero(sites.kind == opcodes.CALL_SITE)
    methods = read_call_site_methods(dex) if len(chosen) else {}
    rows = [
        (int(sites.node[site]), CALL, method + targets, int(sites.offset[site]))
        for site in chosen.tolist()
        for method in methods.get(int(sites.index[site]), ())
    ]
    columns = np.array(rows, np.int32).reshape(-1, 4)
    return columns[:, 0], columns[:, 1].astype(np.uint8), columns[:, 2], columns[:, 3]


def _fold(edges: Edges, chosen: npt.NDArray[np.bool_]) -> Edges:
    """Return the distinct edges; their place does not matter."""
    packed = edges.source[chosen].astype(np.int64) << (_TARGET_BITS + _KIND_BITS)
    packed |= edges.kind[chosen].astype(np.int64) << _TARGET_BITS
    packed |= edges.target[chosen]
    folded = sorted_unique(packed)
    return Edges(
        (folded >> (_TARGET_BITS + _KIND_BITS)).astype(np.int32),
        (folded >> _TARGET_BITS).astype(np.uint8) & _KIND_MASK,
        (folded & (1 << _TARGET_BITS) - 1).astype(np.int32),
        np.broadcast_to(np.int32(-1), len(folded)),
    )


def _field_keys(part: DexPart, index: Numbers) -> Keys:
    """Return keys of fields by class; the name is that of this file, so only within it."""
    fields = part.pools.fields[index]
    class_ = np.minimum(fields["class"].astype(np.int64), max(len(part.type_class) - 1, 0))
    if not len(index):
        return np.zeros(0, np.uint64)
    used, inverse = np.unique(fields["name"].astype(np.int64), return_inverse=True)
    # Names differ in number from file to file: their bytes make the key.
    names = np.array([hash_bytes(name) for name in part.strings.many(used)], np.uint64)
    return pair(part.type_class[class_], names[inverse])


def hash_bytes(name: bytes) -> int:
    """Return a 64-bit number of bytes that is the same in every process."""
    value = 0xCBF29CE484222325
    for byte in name[:64]:
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def _read_tests(
    program: Program, part: DexPart, dex: DexFile, nodes: Nodes, sites: _Sites, base: int, targets: int
) -> Tests:
    """Return the branches on what a method of type boolean or a static boolean gave."""
    boolean = program.classes.numbers.get(b"Z", -1)
    units = np.frombuffer(dex.data, "<u2", len(dex.data) // 2)
    last = len(units) - 1
    called = np.flatnonzero(sites.kind == opcodes.METHOD)
    called = called[part.method_returns[sites.index[called]] == boolean]
    result = units[np.minimum(sites.place[called] + 3, last)]
    taken = (result & 0xFF) == _MOVE_RESULT
    called, result = called[taken], result[taken]
    read = np.flatnonzero(sites.opcode == _GET_BOOLEAN)
    site = np.concatenate((called, read))
    register = np.concatenate((result >> 8, units[np.minimum(sites.place[read], last)] >> 8))
    start = np.concatenate((sites.place[called] + 4, sites.place[read] + 2))
    branch = _find_branch(units, start, register)
    tested = np.flatnonzero(branch >= 0)
    is_call = tested < len(called)
    target = np.where(is_call, sites.index[site[tested]] + targets, -1)
    field = np.zeros(len(tested), np.uint64)
    field[~is_call] = _field_keys(part, sites.index[site[tested[~is_call]]])
    site, branch = site[tested], branch[tested]
    body = sites.place[site] - sites.offset[site]
    end = nodes.size[sites.node[site] - base]
    low, middle, high = _guarded_ranges(units, dex.places, branch, body + end)
    node = sites.node[site]
    return Tests(
        node=np.concatenate((node, node)),
        low=np.concatenate((low - body, middle - body)),
        high=np.concatenate((middle - body, high - body)),
        target=np.concatenate((target, target)),
        field=np.concatenate((field, field)),
    )


def _find_branch(units: npt.NDArray[np.uint16], start: Numbers, register: npt.NDArray[np.uint16]) -> Numbers:
    """Return where the register is compared with zero within the next instructions, or -1."""
    last = len(units) - 2
    place = np.minimum(start, last)
    branch = np.full(len(start), -1, np.int64)
    for _ in range(_TEST_WITHIN):
        unit = units[place]
        opcode = unit & 0xFF
        hit = (branch < 0) & ((opcode == _IF_ZERO) | (opcode == _IF_NOT_ZERO)) & (unit >> 8 == register)
        branch[hit] = place[hit]
        place = np.minimum(place + LENGTH_OF_UNIT[unit], last)
    return branch


def _guarded_ranges(
    units: npt.NDArray[np.uint16], places: Numbers, branch: Numbers, end: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Return what a branch guards: from just after it to its target, and on to a third place.

    Where the code before the target returns or jumps on, what follows the target runs on one side only as well.
    """
    if not len(branch):
        return branch, branch, branch
    target = branch + units[branch + 1].astype(np.int16)
    forward = (target > branch) & (target <= end)
    target = np.where(forward, target, branch + 2)
    before = places[np.maximum(np.searchsorted(places, target) - 1, 0)]
    opcode = units[before] & 0xFF
    high = target.copy()
    leaves = forward & np.isin(opcode, _RETURNS) & (before > branch)
    high[leaves] = end[leaves]
    near = np.where(opcode == _GOTO, before + (units[before] >> 8).astype(np.uint8).astype(np.int8), -1)
    word = units[np.minimum(before + 1, len(units) - 1)].astype(np.int16)
    near = np.where(opcode == _GOTO_16, before + word, near)
    jumps = forward & (near > target) & (near <= end)
    high[jumps] = near[jumps]
    return branch + 2, target, high
