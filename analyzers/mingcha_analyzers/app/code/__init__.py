"""Evidence from code: what an app's DEX files read or do, whose code does it, and how it is reached.

Not seen: methods found by their name, names that are put together, native code, code loaded at run time, and views made
by layouts. Such ways are left out of the graph, so that ``reachable`` is proved and its lack is not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
from mingcha_analyzers.app.code.wake_ups import observe_entries
from mingcha_analyzers.app.dex.names import decode_mutf8
from mingcha_analyzers.app.network.endpoints import Sighting
from mingcha_analyzers.app.values import Component, HybridPart, Observation, PermissionPrompt, Renaming
from mingcha_analyzers.values import Limit
from mingcha_corpora.sdks import SdkBase


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the code of a package shows; ``classes`` are dotted names, the first definition of each.

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
    unfollowed: tuple[tuple[str, str, int], ...]
    texts: tuple[CodeText, ...]
    bridges: tuple[HybridPart, ...]
    renaming: Renaming
    limits: tuple[Limit, ...]


def find_observations(
    dexes: Iterable[tuple[str, bytes]],
    *,
    package_name: str,
    components: Sequence[Component],
    target_sdk: int | None,
    sdk_base: SdkBase,
    watchers: Sequence[Watcher] = (),
    texts_of: TextsOf = lambda _: (),
) -> CodeFacts:
    """Return what DEX files (name and bytes, in loading order) read and do; watchers are shown each of them.

    ``texts_of``: the texts of a string resource, by its number, in all languages. Each file is let go of when its code
    was read, unless the caller holds on to it.
    """
    program = read_program(dexes)
    owners = Owners(package_name, components, sdk_base)
    for each in watchers:
        each.start(program, owners.of)
    parts = scan_parts(program, package_name, watchers)
    # Without code there are no methods to place anything in.
    join = join_parts(program, parts, owners, components, target_sdk) if parts else None
    declared = (*observe_components(components, owners.of, target_sdk), *observe_entries(components, owners.of))
    uses = (*declared, *(place_accesses(parts, join) if join else ()))
    classes = _class_names(program)
    return CodeFacts(
        observations=fold(observation for _, observation in uses),
        uses=uses,
        prompts=place_prompts(parts, join, texts_of) if join else (),
        hosts=tuple(place_hosts(parts, join)) if join else (),
        classes=classes,
        unfollowed=count_unfollowed(parts, join) if join else (),
        texts=tuple(text for part in parts for text in part.texts),
        bridges=place_bridges(parts, join) if join else (),
        renaming=measure_renaming(classes, owners.of_package),
        limits=(*program.limits, *(limit for part in parts for limit in part.limits)),
    )


def _class_names(program: Program) -> tuple[str, ...]:
    names = b"\n".join(program.class_name(number)[1:-1] for number in sorted(program.seen))
    return tuple(decode_mutf8(names).replace("/", ".").split("\n")) if names else ()
