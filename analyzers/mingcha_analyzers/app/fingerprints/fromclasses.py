"""Tokens of class files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from mingcha_analyzers.app.classfile.constants import Constants, Reference
from mingcha_analyzers.app.classfile.instructions import CALL_OPCODES, FIELD_OPCODES, INVOKE_DYNAMIC, find_constants
from mingcha_analyzers.app.classfile.reader import ClassFile, ClassFileError, Method
from mingcha_analyzers.app.code.hashing import Keys
from mingcha_analyzers.app.fingerprints.keys import (
    class_keys,
    load_features,
    member_keys,
    prototype_key,
    text_keys,
    type_keys,
)
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

# In a recipe of concatenation, arguments and constants stand for themselves (StringConcatFactory).
_HOLES = (b"\x01", b"\x02")


@dataclass(slots=True)
class _Seen:
    """What classes name, by class or by body."""

    names: list[str] = field(default_factory=list)
    text: list[bytes] = field(default_factory=list)
    text_class: list[int] = field(default_factory=list)
    source: list[bytes] = field(default_factory=list)
    source_class: list[int] = field(default_factory=list)
    member: list[np.uint64] = field(default_factory=list)
    member_body: list[int] = field(default_factory=list)
    body_class: list[int] = field(default_factory=list)
    damaged: int = 0


def read_tokens(classes: Iterable[ClassFile]) -> tuple[Tokens, tuple[str, ...], int]:
    """Return the tokens of classes, the dotted names of these, and how many bodies were damaged."""
    seen = _Seen()
    for each in classes:
        _read_class(seen, each)
    body_class = np.array(seen.body_class, np.int64)
    members = Members(np.array(seen.member_body, np.int64), np.array(seen.member, np.uint64))
    pairs, pair_body = pair_tokens(members)
    bodies, body = body_tokens(members)
    tokens = join_tokens(
        [
            (text_tokens(text_keys(seen.text)), np.array(seen.text_class, np.int64)),
            (source_tokens(text_keys(seen.source)), np.array(seen.source_class, np.int64)),
            (pairs, body_class[pair_body]),
            (bodies, body_class[body]),
        ]
    )
    return tokens, tuple(seen.names), seen.damaged


def _read_class(seen: _Seen, file: ClassFile) -> None:
    number = len(seen.names)
    seen.names.append(file.name.decode("utf-8", "replace").replace("/", "."))
    if file.source_file:
        seen.source.append(file.source_file)
        seen.source_class.append(number)
    texts = set(file.initial_texts)
    for method in file.methods:
        body = len(seen.body_class)
        seen.body_class.append(number)
        try:
            for kind, value in _read_body(file, method):
                if isinstance(value, Reference):
                    seen.member.append(_member_key(kind, value))
                    seen.member_body.append(body)
                else:
                    texts.add(value)
        except ClassFileError:
            seen.damaged += 1
    kept = [text for text in sorted(texts) if len(text) >= LEAST_TEXT]
    seen.text += kept
    seen.text_class += [number] * len(kept)


def _read_body(file: ClassFile, method: Method) -> Iterator[tuple[int, Reference | bytes]]:
    """Yield the texts of a body and the members of the platform that it names, in order, each with its opcode."""
    features, constants = load_features(), file.constants
    for opcode, number in find_constants(method.code):
        if opcode in CALL_OPCODES or opcode in FIELD_OPCODES:
            member = constants.reference(number)
            if features.is_platform(member.class_) and features.counts(member.class_, member.name):
                yield opcode, member
        elif opcode == INVOKE_DYNAMIC:
            yield from ((opcode, text) for text in _recipe(file, constants, number))
        elif (text := constants.string(number)) is not None:
            yield opcode, text


def _recipe(file: ClassFile, constants: Constants, number: int) -> list[bytes]:
    """Return the texts between the arguments of a concatenation, which a dexer writes one by one."""
    bootstrap, name = constants.invocation(number)
    if name != b"makeConcatWithConstants" or bootstrap >= len(file.bootstraps):
        return []
    texts = [text for each in file.bootstraps[bootstrap] if (text := constants.string(each)) is not None]
    argument, constant = _HOLES
    pieces = texts[0].replace(constant, argument).split(argument) if texts else []
    return [*pieces, *texts[1:]]


def _member_key(opcode: int, member: Reference) -> np.uint64:
    descriptor = member.descriptor if opcode in CALL_OPCODES else b""
    return _key_of(member.class_, member.name, descriptor)


@cache
def _key_of(class_: bytes, name: bytes, descriptor: bytes) -> np.uint64:
    prototype = _prototype(descriptor) if descriptor else np.zeros(1, np.uint64)
    return np.uint64(member_keys(class_keys([class_]), text_keys([name]), prototype)[0])


def _prototype(descriptor: bytes) -> Keys:
    """Return the key of ``(parameters)returned``."""
    parameters, _, returned = descriptor.removeprefix(b"(").partition(b")")
    keys = type_keys([*_split(parameters), returned])
    return prototype_key(keys[-1:], keys[:-1])


def _split(parameters: bytes) -> Iterator[bytes]:
    start = place = 0
    while place < len(parameters):
        if parameters[place] == ord("["):
            place += 1
            continue
        end = parameters.find(b";", place) if parameters[place] == ord("L") else place
        if end < 0:
            raise ClassFileError("class_constant", parameters.decode("utf-8", "replace"))
        yield parameters[start : end + 1]
        start = place = end + 1
