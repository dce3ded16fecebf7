"""Signs in XML resources that the manifest points to: looks of kind ``config`` and ``paths``.

``config`` is the network security configuration; ``check`` is ``cleartext`` (``harmless``: a pattern of domains that
may) or ``user_certificates``. ``paths`` are those of file providers: ``tags`` that share too much, with ``whole`` only
where the path is the whole of it.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from mingcha_analyzers.app.archive import Entries, EntryError
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.chunks import DamagedError
from mingcha_analyzers.app.elements import Element, attribute
from mingcha_analyzers.app.manifest import Manifest
from mingcha_analyzers.app.security.looks import Look, Sign, load_looks
from mingcha_analyzers.app.security.masking import cut
from mingcha_analyzers.app.security.owning import APP, OwnerOf, owner_or_app
from mingcha_analyzers.app.values import ComponentKind, Place
from mingcha_analyzers.values import Limit

_MAX_XML = 1 << 20
# Apps have a handful of such files, with a handful of paths each; thousands of providers may share one.
_MAX_FILES, _MAX_SHARED = 50, 50
_SHOWN_DOMAINS = 3
_PATHS = re.compile(r"FILE_PROVIDER_PATHS$")
_WHOLE = frozenset(("", ".", "./", "/"))


class XmlSigns:
    """Reads the XML resources of one package that looks ask for; ``limits`` fills with what could not be read."""

    def __init__(self, archive: Entries, manifest: Manifest, owner_of: OwnerOf) -> None:
        self.limits: list[Limit] = []
        self._archive = archive
        self._manifest = manifest
        self._owner_of = owner_of
        self._roots: dict[str, Element | None] = {}
        self._shared: dict[str, tuple[tuple[Look, str], ...]] = {}

    def find(self) -> Iterator[Sign]:
        """Yield the signs of the network security configuration and of the paths of file providers."""
        declared = self._manifest.declarations.application
        path = declared.get("networkSecurityConfig")
        if path is None and "networkSecurityConfig" in declared:
            self.limits.append(Limit("security", "resource_unresolved", "android:networkSecurityConfig"))
        root = None if path is None else self._root(path)
        if root is not None:
            for look in load_looks().get("config", ()):
                for detail in _CONFIG_CHECKS[look.params["check"]](look, root):
                    yield Sign(look, APP, path, None, cut(detail), look.confidence)
        yield from self._provider_signs()

    def _provider_signs(self) -> Iterator[Sign]:
        for component in self._manifest.components:
            paths = [entry.value for entry in component.meta_data if entry.value and _PATHS.search(entry.name)]
            if component.kind is not ComponentKind.PROVIDER or not paths:
                continue
            place = Place(None, component.name, None, None, None)
            owner = owner_or_app(self._owner_of(component.name))
            for look, detail in self._shared_paths(paths[0]):
                yield Sign(look, owner, paths[0], place, detail, look.confidence)

    def _shared_paths(self, path: str) -> tuple[tuple[Look, str], ...]:
        """Return what a file of paths shares too much of, each once; says when that is more than is kept."""
        if path not in self._shared:
            root = self._root(path)
            details = (
                []
                if root is None
                else [(look, cut(detail)) for look in load_looks().get("paths", ()) for detail in _too_wide(look, root)]
            )
            found = dict.fromkeys(details)
            if len(found) > _MAX_SHARED:
                self.limits.append(Limit("security", "too_many_places", path))
            self._shared[path] = tuple(found)[:_MAX_SHARED]
        return self._shared[path]

    def _root(self, path: str) -> Element | None:
        """Return the root of an XML resource as ``_read`` does, each read once and only so many of them."""
        if path not in self._roots:
            if len(self._roots) == _MAX_FILES:
                self.limits.append(Limit("security", "entry_not_searched", f"more than {_MAX_FILES} files"))
            self._roots[path] = self._read(path) if len(self._roots) < _MAX_FILES else None
        return self._roots[path]

    def _read(self, path: str) -> Element | None:
        """Return the root of an XML resource, null (with a limit) where it cannot be read."""
        try:
            if path in self._archive:
                return parse_binary_xml(self._archive.read(path, _MAX_XML))
            self.limits.append(Limit("security", "entry_missing", path))
        except EntryError as error:
            self.limits.append(Limit("security", error.reason, path))
        except DamagedError:
            self.limits.append(Limit("security", "entry_damaged", path))
        return None


def _cleartext(look: Look, root: Element) -> Iterator[str]:
    harmless = re.compile(look.params["harmless"])
    for element in root.iter():
        if element.tag == "base-config" and _says_yes(element, "cleartextTrafficPermitted"):
            yield "base-config"
        if element.tag == "domain-config" and _says_yes(element, "cleartextTrafficPermitted"):
            domains = [(child.text or "").strip() for child in element.iter("domain")]
            open_ = sorted({domain for domain in domains if domain and not harmless.search(domain)})
            if open_:
                more = f" +{len(open_) - _SHOWN_DOMAINS}" if len(open_) > _SHOWN_DOMAINS else ""
                yield ", ".join(open_[:_SHOWN_DOMAINS]) + more


def _user_certificates(_: Look, root: Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        # Inside debug-overrides it counts for debuggable builds alone.
        if element.tag == "debug-overrides":
            continue
        if element.tag == "certificates" and attribute(element, "src") == "user":
            yield 'certificates src="user"'
        elif element.tag == "certificates" and _says_yes(element, "overridePins"):
            yield 'overridePins="true"'
        waiting += element.children


def _says_yes(element: Element, name: str) -> bool:
    return attribute(element, name) in ("true", "1", "-1")


def _too_wide(look: Look, root: Element) -> Iterator[str]:
    for element in root.iter():
        path = attribute(element, "path") or ""
        if element.tag in look.params["tags"] and ("whole" not in look.params or path in _WHOLE):
            yield f'{element.tag} path="{path}"'


_CONFIG_CHECKS: Mapping[str, Callable[[Look, Element], Iterator[str]]] = {
    "cleartext": _cleartext,
    "user_certificates": _user_certificates,
}
