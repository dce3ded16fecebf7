"""Tokens of the classes of one DEX that may be renamed; costs nothing where there are none."""

import numpy as np
import numpy.typing as npt

from mingcha_analyzers.app.code.hashing import Keys, Numbers, pick
from mingcha_analyzers.app.code.program import DexPart, Program
from mingcha_analyzers.app.dex import opcodes
from mingcha_analyzers.app.dex.encoded import read_string_values
from mingcha_analyzers.app.dex.values import DexFile
from mingcha_analyzers.app.fingerprints.keys import class_keys, load_features, member_keys, text_keys
from mingcha_analyzers.app.fingerprints.spreading import Links, make_links
from mingcha_analyzers.app.fingerprints.tokens import (
    LEAST_TEXT,
    Members,
    Tokens,
    body_tokens,
    join_tokens,
    pair_tokens,
    source_tokens,
    text_tokens,
)

_NO_INDEX = 0xFFFFFFFF
Flags = npt.NDArray[np.bool_]

_COUNTED = np.zeros(256, np.bool_)
_COUNTED[[opcodes.METHOD, opcodes.STRING, opcodes.FIELD_GET, opcodes.FIELD_PUT]] = True
_LINKING = np.zeros(256, np.bool_)
_LINKING[[opcodes.METHOD, opcodes.NEW, opcodes.CLASS]] = True


def read_part_tokens(program: Program, part: DexPart, dex: DexFile, asked: Flags, types: Keys) -> Tokens:
    """Return the tokens of the classes asked for that a DEX defines; ``types``: the key of each class as a type.

    Classes are numbers of the program.
    """
    body_class = _classes_of_bodies(part, dex, asked)
    if not (body_class >= 0).any():
        return join_tokens([])
    refs = dex.references
    # Few kinds of references count; the chosen ones keep the order of code.
    chosen = np.flatnonzero((body_class >= 0)[refs.item] & _COUNTED[refs.kind])
    kind, index, item = refs.kind[chosen], refs.index[chosen], refs.item[chosen]
    texts = kind == opcodes.STRING
    members = _read_members(program, part, types, kind[~texts], index[~texts], item[~texts])
    pairs, pair_body = pair_tokens(members)
    bodies, body = body_tokens(members)
    return join_tokens(
        [
            _texts(part, index[texts], body_class[item[texts]]),
            _initial_texts(part, dex, asked),
            _sources(part, asked),
            (pairs, body_class[pair_body]),
            (bodies, body_class[body]),
        ]
    )


def read_links(program: Program, part: DexPart, dex: DexFile, asked: Flags) -> Links:
    """Return which classes asked for use which others of them, in bodies and as superclass."""
    body_class = _classes_of_bodies(part, dex, asked)
    refs = dex.references
    chosen = np.flatnonzero((body_class >= 0)[refs.item] & _LINKING[refs.kind])
    kind, index = refs.kind[chosen], refs.index[chosen]
    used = np.where(
        kind == opcodes.METHOD,
        pick(part.method_class, np.where(kind == opcodes.METHOD, index, 0), 0),
        pick(part.type_class, np.where(kind == opcodes.METHOD, 0, index), 0),
    )
    own = part.def_class[part.own]
    above = program.parent[own]
    user = np.concatenate((body_class[refs.item[chosen]], own[above >= 0]))
    used = np.concatenate((used, above[above >= 0]))
    inside = asked[user] & asked[used]
    return make_links(user[inside], used[inside], len(asked))


def _classes_of_bodies(part: DexPart, dex: DexFile, asked: Flags) -> Numbers:
    """Return by body the class that defines it, -1 if it is not asked for."""
    definitions = dex.definitions
    found = np.full(len(dex.items.start), -1, np.int64)
    class_ = part.def_class[definitions.class_def]
    wanted = np.flatnonzero(part.own[definitions.class_def] & (definitions.item >= 0) & asked[class_])
    found[definitions.item[wanted]] = class_[wanted]
    return found


def _read_members(
    program: Program, part: DexPart, types: Keys, kind: npt.NDArray[np.uint8], index: Numbers, item: Numbers
) -> Members:
    """Return the platform members among references, in order."""
    key = np.zeros(len(kind), np.uint64)
    calls = np.flatnonzero(kind == opcodes.METHOD)
    methods, place = np.unique(index[calls], return_inverse=True)
    key[calls] = _method_keys(program, part, types, methods)[place]
    uses = np.flatnonzero(kind != opcodes.METHOD)
    fields, place = np.unique(index[uses], return_inverse=True)
    key[uses] = _field_keys(program, part, fields)[place]
    counted = np.flatnonzero(key)
    return Members(item[counted], key[counted])


def _method_keys(program: Program, part: DexPart, types: Keys, methods: Numbers) -> Keys:
    """Return the keys of methods of the pool, 0 for those that are no feature."""
    prototypes = np.append(part.protos.keys_of(lambda each: types[pick(part.type_class, each, 0)]), np.uint64(0))
    kind = np.minimum(part.method_proto[methods].astype(np.int64), len(part.protos))
    names = [program.names.names[number] for number in part.method_name[methods].tolist()]
    return _platform_keys(program, part.method_class[methods], names, prototypes[kind])


def _field_keys(program: Program, part: DexPart, fields: Numbers) -> Keys:
    row = part.pools.fields[fields]
    class_ = pick(part.type_class, row["class"], 0)
    names = part.strings.many(row["name"])
    return _platform_keys(program, class_, names, np.zeros(len(fields), np.uint64))


def _platform_keys(program: Program, class_: Numbers, names: list[bytes], prototypes: Keys) -> Keys:
    features = load_features()
    owners = [program.class_name(number)[1:-1] for number in class_.tolist()]
    known = np.array(
        [
            features.is_platform(owner) and features.counts(owner, name)
            for owner, name in zip(owners, names, strict=True)
        ],
        np.bool_,
    )
    return np.where(known, member_keys(class_keys(owners), text_keys(names), prototypes), np.uint64(0))


def _texts(part: DexPart, index: Numbers, class_: Numbers) -> tuple[Keys, Numbers]:
    used, place = np.unique(index, return_inverse=True)
    texts = part.strings.many(used)
    long_enough = np.array([len(text) >= LEAST_TEXT for text in texts], np.bool_)[place]
    return text_tokens(text_keys(texts))[place][long_enough], class_[long_enough]


def _initial_texts(part: DexPart, dex: DexFile, asked: Flags) -> tuple[Keys, Numbers]:
    """Return the texts that static fields begin with: dexers move them there from the initialiser."""
    place = part.pools.class_defs[:, 7]
    rows = np.flatnonzero(part.own & asked[part.def_class] & (place > 0))
    found = [(text, row) for row in rows.tolist() for text in read_string_values(dex.data, int(place[row]))]
    columns = np.array(found, np.int64).reshape(-1, 2)
    inside = columns[:, 0] < len(part.strings)
    return _texts(part, columns[inside, 0], part.def_class[columns[inside, 1]])


def _sources(part: DexPart, asked: Flags) -> tuple[Keys, Numbers]:
    """Return the names of source files, which many builds keep for reports of crashes."""
    place = part.pools.class_defs[:, 4]
    rows = np.flatnonzero(part.own & asked[part.def_class] & (place != _NO_INDEX))
    used, inverse = np.unique(place[rows], return_inverse=True)
    return source_tokens(text_keys(part.strings.many(used)))[inverse], part.def_class[rows]
