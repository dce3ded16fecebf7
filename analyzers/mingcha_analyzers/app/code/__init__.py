"""Evidence from code: what an app's DEX files read or do, whose code does it, and how it is reached.

Not seen: methods found by their name, names that are put together, native code, code loaded at run time, and views made
by layouts. Such ways are left out of the graph, so that ``reachable`` is proved and its lack is not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from mingcha_analyzers.app.code.joining import join_parts
from mingcha_analyzers.app.code.observations import fold, observe_components
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.code.permission_uses import Use
from mingcha_analyzers.app.code.placing import (
    count_unfollowed,
    place_accesses,
    place_bridges,
    place_hosts,
    place_prompts,
)
from mingcha_analyzers.app.code.program import Program, read_program
from mingcha_analyzers.app.code.rationales import TextsOf
from mingcha_analyzers.app.code.renaming import measure_renaming
from mingcha_analyzers.app.code.scan import Watcher, scan_parts
from mingcha_analyzers.app.code.texts import CodeText
from mingcha_analyzers.app.code.unknown import measure_unknown
from mingcha_analyzers.app.code.wake_ups import observe_entries
from mingcha_analyzers.app.dex.names import decode_mutf8
from mingcha_analyzers.app.network.endpoints import Sighting
from mingcha_analyzers.app.values import Component, HybridPart, Observation, PermissionPrompt, Renaming, UnknownCode
from mingcha_analyzers.values import Limit


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the code of a package shows; ``classes`` are dotted names, the first definition of each.

    ``by_dex``: the same names by the DEX that defines them. ``owners``: those given, with what was matched.
    ``uses``: every observation with the fact that it shows. ``hosts``: every place that names a host; ``texts``: those
    that may bear on screens or policies. ``unfollowed``: kind (reflection, dynamic_code, native_code), owner and number
    of calls that lead to code that is not seen, but for the platform's own libraries: where there are any, what was not
    reached may still run. ``bridges``: objects handed to web pages.
    """

    observations: tuple[Observation, ...]
    uses: tuple[Use, ...]
    prompts: tuple[PermissionPrompt, ...]
    hosts: tuple[Sighting, ...]
    classes: tuple[str, ...]
    by_dex: Mapping[str, tuple[str, ...]]
    owners: Owners = field(compare=False)
    unknown: tuple[UnknownCode, ...]
    unfollowed: tuple[tuple[str, str, int], ...]
    texts: tuple[CodeText, ...]
    bridges: tuple[HybridPart, ...]
    renaming: Renaming
    limits: tuple[Limit, ...]


def find_observations(
    dexes: Iterable[tuple[str, bytes]],
    *,
    owners: Owners,
    components: Sequence[Component],
    target_sdk: int | None,
    watchers: Sequence[Watcher] = (),
    matched: Callable[[], Mapping[str, str]] = dict,
    texts_of: TextsOf = lambda _: (),
) -> CodeFacts:
    """Return what DEX files (name and bytes, in loading order) read and do; watchers are shown each of them.

    ``matched``: asked when all files were shown, whose classes are that names do not tell (SDK by class name).
    ``texts_of``: the texts of a string resource, by its number, in all languages. Each file is let go of when its code
    was read, unless the caller holds on to it.
    """
    program = read_program(dexes)

    by_dex = _names_by_dex(program)
    classes = tuple(chain.from_iterable(by_dex.values()))
    owners = owners.among({name.rpartition(".")[0] for name in classes})
    for each in watchers:
        each.start(program, owners.of)
    parts = scan_parts(program, owners.package_name, watchers)
    owners = owners.with_matched(matched())
    # Without code there are no methods to place anything in.
    join = join_parts(program, parts, owners, components, target_sdk) if parts else None
    declared = (*observe_components(components, owners.of, target_sdk), *observe_entries(components, owners.of))
    uses = (*declared, *(place_accesses(parts, join) if join else ()))
    observations = fold(observation for _, observation in uses)
    return CodeFacts(
        observations=observations,
        uses=uses,
        prompts=place_prompts(parts, join, texts_of) if join else (),
        hosts=tuple(place_hosts(parts, join)) if join else (),
        classes=classes,
        by_dex=by_dex,
        owners=owners,
        unknown=measure_unknown(program, parts, owners, observations),
        unfollowed=count_unfollowed(parts, join) if join else (),
        texts=tuple(text for part in parts for text in part.texts),
        bridges=place_bridges(parts, join) if join else (),
        renaming=measure_renaming(classes, owners.of_package),
        limits=(*program.limits, *(limit for part in parts for limit in part.limits)),
    )


def _names_by_dex(program: Program) -> dict[str, tuple[str, ...]]:
    """Return the dotted names of the classes that count, by the file that defines them."""
    found: dict[str, tuple[str, ...]] = {}
    for part in program.parts:
        names = b"\n".join(program.class_name(number)[1:-1] for number in part.def_class[part.own].tolist())
        read = tuple(decode_mutf8(names).replace("/", ".").split("\n")) if names else ()
        found[part.name] = (*found.get(part.name, ()), *read)
    return found
