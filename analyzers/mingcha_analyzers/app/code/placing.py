"""What was seen in bodies, as facts of the methods that have them: one function a kind of fact."""

from collections import Counter
from collections.abc import Iterator, Sequence

from mingcha_analyzers.app.code.accesses import Access, basis_of, find_overriding
from mingcha_analyzers.app.code.asking import join_prompts
from mingcha_analyzers.app.code.hierarchy import Ancestry
from mingcha_analyzers.app.code.joining import with_methods
from mingcha_analyzers.app.code.observations import Join
from mingcha_analyzers.app.code.owners import PLATFORM
from mingcha_analyzers.app.code.permission_uses import Use
from mingcha_analyzers.app.code.rationales import TextsOf
from mingcha_analyzers.app.code.scan import PartScan
from mingcha_analyzers.app.network.endpoints import Sighting
from mingcha_analyzers.app.values import HybridPart, HybridRead, PermissionPrompt


def place_accesses(parts: Sequence[PartScan], join: Join) -> Iterator[Use]:
    """Yield the observation of each access, and of methods that the system calls with data, with its fact."""
    for part, nodes in with_methods(parts, lambda part: {access.item for access in part.accesses.accesses}):
        for access in part.accesses.accesses:
            for node in nodes.get(access.item, ()):
                yield access.fact, join.observe(node, access)
    methods = join.graph.methods
    for node, fact in find_overriding(join.program, methods.class_, methods.name, Ancestry(join.program)):
        yield fact, join.observe(node, Access(-1, 0, f"{fact.class_}->{fact.name}", fact, basis_of(fact)))


def place_prompts(parts: Sequence[PartScan], join: Join, texts_of: TextsOf) -> tuple[PermissionPrompt, ...]:
    """Return the requests of permissions; ``texts_of``: the texts of a string resource."""
    nodes = [methods for _, methods in with_methods(parts, lambda part: part.asking.items())]
    return join_prompts([part.asking for part in parts], nodes, join, texts_of)


def place_hosts(parts: Sequence[PartScan], join: Join) -> Iterator[Sighting]:
    """Yield the hosts that methods name and that static fields begin with."""
    placed = with_methods(parts, lambda part: {item for item, _, _ in part.hosts.in_bodies})
    for number, (part, nodes) in enumerate(placed):
        for item, offset, address in part.hosts.in_bodies:
            for node in nodes.get(item, ()):
                yield join.see_host(node, offset, address)
        for class_, address in part.hosts.in_fields:
            yield join.see_field_host(number, class_, address)


def place_bridges(parts: Sequence[PartScan], join: Join) -> tuple[HybridPart, ...]:
    """Return the doors to web pages, sorted by owner, place and name."""
    found = {
        HybridPart("webview_bridge", join.name_of(node), name, join.owner_of_node(node), HybridRead.NAMED)
        for part, nodes in with_methods(parts, lambda part: {item for item, _ in part.bridges})
        for item, name in part.bridges
        for node in nodes.get(item, ())
    }
    return tuple(sorted(found, key=lambda part: (part.owner, part.place, part.name or "")))


def count_unfollowed(parts: Sequence[PartScan], join: Join) -> tuple[tuple[str, str, int], ...]:
    """Return kind, owner and number of the calls that lead out of sight, but for the platform's own."""
    counts: Counter[tuple[str, str]] = Counter()
    for part, nodes in with_methods(parts, lambda part: {item for item, _ in part.accesses.unfollowed}):
        owners = {item: join.owner_of_node(same[0]) for item, same in nodes.items()}
        found = ((kind, owners.get(item, PLATFORM)) for item, kind in part.accesses.unfollowed)
        counts.update((kind, owner) for kind, owner in found if owner != PLATFORM)
    return tuple((kind, owner, count) for (kind, owner), count in sorted(counts.items()))
