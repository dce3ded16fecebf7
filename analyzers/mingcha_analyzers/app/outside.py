"""What of a package lies outside its DEX files and was looked at: hosts, scripts, other forms of code."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingcha_analyzers.app.archive import Entries
from mingcha_analyzers.app.code import CodeFacts
from mingcha_analyzers.app.hybrid.parts import find_hybrid
from mingcha_analyzers.app.hybrid.scripts import observe_scripts
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.network.endpoints import join_endpoints
from mingcha_analyzers.app.network.files import see_config_hosts, see_file_hosts, see_manifest_hosts, see_text_hosts
from mingcha_analyzers.app.resources.table import ResourceTable
from mingcha_analyzers.app.unseen import say_renaming, say_unfollowed
from mingcha_analyzers.app.values import Endpoint, HybridPart, Observation
from mingcha_analyzers.values import Limit
from mingcha_corpora.sdks import load_sdk_base


@dataclass(frozen=True, slots=True)
class Outside:
    """Endpoints and doors of the code as well, so that each kind stands together."""

    endpoints: tuple[Endpoint, ...]
    observations: tuple[Observation, ...]
    hybrid: tuple[HybridPart, ...]
    limits: tuple[Limit, ...]


def read_outside(
    entries: Entries, files: Sequence[tuple[str, bytes]], resources: ResourceTable, manifest: Manifest, code: CodeFacts
) -> Outside:
    """Return what assets, string resources and the manifest show, joined with the hosts and bridges of the code."""
    hybrid = find_hybrid(entries.names(), files)
    hosts = (
        *code.hosts,
        *see_manifest_hosts(manifest.components),
        *see_config_hosts(entries, manifest.declarations.application.get("networkSecurityConfig")),
        *see_text_hosts(resources),
        *see_file_hosts(hybrid.scripts),
    )
    return Outside(
        join_endpoints(hosts, load_sdk_base()),
        tuple(observe_scripts(hybrid.scripts)),
        (*hybrid.parts, *code.bridges),
        (
            *hybrid.limits,
            *say_unfollowed(code.unfollowed),
            *say_renaming(code.renaming),
        ),
    )
