"""Made app packages: a manifest, the code of some SDK archives, and what their AARs bring besides."""

import io
import xml.etree.ElementTree as ElementTree
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analyzers.app.axmlfile import Element, binary_xml, el, manifest
from analyzers.app.packages import naming_dex, zipped

APP = "cn.made.app"
_OWN = tuple(f"{APP}.{name}" for name in ("MainActivity", "Orders", "Orders$Row", "net.Client", "R", "R$layout"))
_ANDROID = "{http://schemas.android.com/apk/res/android}"
_ABI = "jni/arm64-v8a/"
_COMPONENTS = ("activity", "activity-alias", "service", "receiver", "provider")


def make_package(
    dexes: Iterable[bytes], components: Iterable[tuple[str, str]], archives: Sequence[bytes] = ()
) -> bytes:
    """Return a package with own code, the given DEX files and components, and the other contents of AARs.

    ``components``: pairs of kind and class name.
    """
    declared = dict.fromkeys(components)
    metadata: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for archive in archives:
        for name, data in _contents(archive):
            if name == "AndroidManifest.xml":
                _read_manifest(data, declared, metadata)
            else:
                files[name] = data
    content = {"AndroidManifest.xml": binary_xml(_manifest(declared, metadata)), "classes.dex": naming_dex(_OWN)}
    content |= {f"classes{number}.dex": dex for number, dex in enumerate(dexes, 2)}
    return zipped(content | files)


def _manifest(declared: Iterable[tuple[str, str]], metadata: Mapping[str, str]) -> Element:
    parts = [el(kind, name=name) for kind, name in declared]
    parts += [el("meta-data", name=name, value=value) for name, value in metadata.items()]
    own = el("activity", name=f"{APP}.MainActivity")
    return manifest(
        el("uses-sdk", minSdkVersion=26, targetSdkVersion=33),
        el("uses-permission", name="android.permission.INTERNET"),
        el("application", own, *parts),
        package=APP,
        versionCode=1,
        versionName="1.0",
    )


def _contents(archive: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what of an archive ends up in a package besides code: libraries of one ABI, assets, Java resources."""
    with zipfile.ZipFile(io.BytesIO(archive)) as entries:
        is_aar = "AndroidManifest.xml" in entries.namelist()
        for entry in entries.infolist():
            name = entry.filename
            if entry.is_dir():
                continue
            if is_aar and name.startswith(_ABI):
                yield f"lib/arm64-v8a/{name.removeprefix(_ABI)}", entries.read(entry)
            elif is_aar and (name.startswith("assets/") or name == "AndroidManifest.xml"):
                yield name, entries.read(entry)
            elif is_aar and name.endswith(".jar"):
                yield from _contents(entries.read(entry))
            elif not is_aar and _is_resource(name):
                yield name, entries.read(entry)


def _is_resource(name: str) -> bool:
    """Return whether the packager puts an entry of a JAR into the package."""
    signature = name.startswith("META-INF/") and name.endswith((".MF", ".SF", ".RSA", ".DSA"))
    return not name.endswith((".class", ".jar", ".dex")) and not signature and name != "AndroidManifest.xml"


def _read_manifest(data: bytes, declared: dict[tuple[str, str], None], metadata: dict[str, str]) -> None:
    root = ElementTree.fromstring(data)
    package = root.get("package", "")
    for each in root.iterfind("application/*"):
        name = each.get(f"{_ANDROID}name", "")
        if each.tag in _COMPONENTS:
            declared.setdefault((each.tag, f"{package}{name}" if name.startswith(".") else name))
        elif each.tag == "meta-data":
            metadata[name] = each.get(f"{_ANDROID}value", "")
