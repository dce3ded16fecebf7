"""The careless sample in every form in which stores and tools hand out an app, made in memory."""

import json
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from analyzers.app.axmlfile import Element, binary_xml
from analyzers.app.packages import zipped
from analyzers.app.protofile import file_item, message, proto_xml, reference, resource_table, string_item
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.resources.table import RESOURCES, ResourceTable

SAMPLE = Path(__file__).parents[3] / "samples" / "apps" / "careless.apk"
PACKAGE = "cn.example.taihen"
VERSION = 27
APP_NAME = 0x7F030002


def sample() -> bytes:
    """Return the plain package."""
    return SAMPLE.read_bytes()


def entries(data: bytes) -> dict[str, bytes]:
    """Return the entries of an archive."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def split(
    name: str, *, package: str = PACKAGE, version: int = VERSION, more: Mapping[str, bytes] | None = None
) -> bytes:
    """Return a split without components."""
    return split_of(Element("manifest", {"versionCode": version}, [], {"package": package, "split": name}), more)


def split_of(root: Element, more: Mapping[str, bytes] | None = None) -> bytes:
    """Return a package with this manifest and more entries."""
    return zipped({"AndroidManifest.xml": binary_xml(root), **(more or {})})


def xapk() -> bytes:
    """Return an .xapk with an expansion file, whose name ends as that of a package does."""
    rows = [{"file": f"{PACKAGE}.apk", "id": "base"}, {"file": "config.zh.apk", "id": "config.zh"}]
    listed = {"xapk_version": 2, "package_name": PACKAGE, "split_apks": rows}
    return zipped(
        {
            "manifest.json": json.dumps(listed).encode(),
            f"{PACKAGE}.apk": sample(),
            "config.zh.apk": split("config.zh"),
            f"Android/obb/{PACKAGE}/main.27.{PACKAGE}.apk": b"data",
            "icon.png": b"",
        }
    )


def apks() -> bytes:
    """Return the .apks of bundletool."""
    return zipped(
        {
            "toc.pb": b"\n\0",
            "splits/base-master.apk": sample(),
            "splits/base-xhdpi.apk": split("config.xhdpi"),
        }
    )


def sai() -> bytes:
    """Return the .apks of an installer for splits."""
    return zipped({"base.apk": sample(), "split_config.zh.apk": split("config.zh"), "meta.sai_v2.json": b"{}"})


def apkm() -> bytes:
    """Return an .apkm that is not encrypted."""
    info = json.dumps({"pname": PACKAGE, "versioncode": str(VERSION)}).encode()
    return zipped({"info.json": info, "base.apk": sample(), "split_config.arm64_v8a.apk": split("config.arm64_v8a")})


def store_download() -> bytes:
    """Return a ZIP file with one package and a note."""
    return zipped({"说明.txt": b"x", "app/taihen.apk": sample(), "__MACOSX/app/._taihen.apk": b"junk"})


def nested() -> bytes:
    """Return a ZIP file with an .xapk inside."""
    return zipped({"readme.txt": b"x", "taihen.xapk": xapk()})


def aab(more: Mapping[str, bytes] | None = None) -> bytes:
    """Return an app bundle."""
    inside = entries(sample())
    return zipped(
        {
            "BundleConfig.pb": b"",
            "base/manifest/AndroidManifest.xml": proto_xml(parse_binary_xml(inside["AndroidManifest.xml"])),
            "base/dex/classes.dex": inside["classes.dex"],
            "base/resources.pb": _bundled_table(inside[RESOURCES]),
            **{f"base/{name}": proto_xml(parse_binary_xml(inside[name])) for name in inside if "res/layout/" in name},
            **(more or {}),
        }
    )


def _bundled_table(data: bytes) -> bytes:
    """Return the resources of the sample, which has one language, as the table of a bundle."""
    table = ResourceTable({RESOURCES: data})
    every = [0x7F000000 | kind << 16 | entry for kind in range(1, 8) for entry in range(64)]
    names = {resource: name for resource in every if (name := table.name_of(resource)) is not None}
    items = dict.fromkeys(names, message((6, b"")))
    items |= {text.id: string_item(text.text) for text in table.texts()}
    items |= {file.id: file_item(file.path) for file in table.files("layout")}
    return resource_table({resource: [(b"", item)] for resource, item in items.items()}, names)


def reference_item() -> bytes:
    """Return an ``Item`` that refers to the app's name."""
    return reference(APP_NAME)


FORMS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "xapk": ("xapk", xapk),
    "apks": ("apks", apks),
    "sai": ("apks", sai),
    "apkm": ("apkm", apkm),
    "zip": ("zip", store_download),
    "xapk in a zip": ("xapk", nested),
    "aab": ("aab", aab),
}
