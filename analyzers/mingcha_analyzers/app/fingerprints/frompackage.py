"""Tokens of the classes of a package or a DEX file, under the names that they have there."""

import re
from collections.abc import Callable, Iterator
from itertools import compress

import numpy as np

from mingcha_analyzers.app.archive import EntryError, open_archive
from mingcha_analyzers.app.code.program import read_program
from mingcha_analyzers.app.dex.names import decode_mutf8, dotted
from mingcha_analyzers.app.dex.reader import read_dex
from mingcha_analyzers.app.fingerprints.fromdex import read_part_tokens
from mingcha_analyzers.app.fingerprints.keys import type_keys
from mingcha_analyzers.app.fingerprints.tokens import Tokens, join_tokens
from mingcha_analyzers.values import Limit, SourceFile
from mingcha_corpora.errors import UnreadableInputError

_DEX = re.compile(r"classes\d*\.dex")
MAGIC = b"dex\n"


def read_package_tokens(
    file: SourceFile, choose: Callable[[str], bool] = lambda _: True
) -> tuple[Tokens, tuple[str, ...], tuple[Limit, ...]]:
    """Return the tokens of classes chosen by their dotted name, these names, and what could not be read.

    Raises:
        UnreadableInputError: it is neither a package nor a DEX file.
    """
    program = read_program(_dexes(file))
    numbers = np.array(sorted(program.seen), np.int64)
    names = [dotted(decode_mutf8(program.class_name(number))) for number in numbers.tolist()]
    chosen = np.array([choose(name) for name in names], np.bool_)
    asked = np.zeros(len(program.classes.names), np.bool_)
    asked[numbers[chosen]] = True
    types = type_keys(program.classes.names)
    parts = [read_part_tokens(program, part, read_dex(part.data, part.at), asked, types) for part in program.parts]
    place = np.cumsum(asked) - 1
    tokens = join_tokens([(part.token, place[part.class_]) for part in parts])
    return tokens, tuple(compress(names, chosen.tolist())), tuple(program.limits)


def _dexes(file: SourceFile) -> Iterator[tuple[str, bytes]]:
    if file.data[: len(MAGIC)] == MAGIC:
        yield file.path, file.data
        return
    archive = open_archive(file)
    for name in archive.names():
        if _DEX.fullmatch(name):
            try:
                yield name, archive.read(name)
            except EntryError as error:
                raise UnreadableInputError(error.reason, path=file.path) from error
