"""The careless sample in every form in which stores and tools hand out an app, made in memory."""

import json
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from analyzers.app.axmlfile import Element, binary_xml
from analyzers.app.packages import zipped
from analyzers.app.protofile import Named, file_item, proto_xml, resource_table, string_item
from mingcha_analyzers.app.axml import parse_binary_xml
from mingcha_analyzers.app.resources.table import ResourceTable

SAMPLE = Path(__file__).parents[3] / "samples" / "apps" / "careless.apk"
PACKAGE = "cn.example.taihen"
VERSION = 27


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
    table = ResourceTable({"resources.arsc": inside["resources.arsc"]})
    layouts = list(table.files("layout"))
    resources = _ids(table)
    resources |= {text.id: Named(text.type, text.name, [(b"", string_item(text.text))]) for text in table.texts()}
    resources |= {file.id: Named(file.type, file.name, [(b"", file_item(file.path))]) for file in layouts}
    return zipped(
        {
            "BundleConfig.pb": b"",
            "base/manifest/AndroidManifest.xml": _compiled(inside["AndroidManifest.xml"]),
            "base/dex/classes.dex": inside["classes.dex"],
            "base/resources.pb": resource_table(resources),
            **{f"base/{file.path}": _compiled(inside[file.path]) for file in layouts},
            **(more or {}),
        }
    )


def _ids(table: ResourceTable) -> dict[int, Named]:
    """Return the names of views, which have no value."""
    names = {
        number: table.name_of(number)
        for start in range(0x7F010000, 0x7F090000, 1 << 16)
        for number in range(start, start + 99)
    }
    return {number: Named("id", name.removeprefix("id/"), ()) for number, name in names.items() if name}


def _compiled(xml: bytes) -> bytes:
    return proto_xml(parse_binary_xml(xml))


FORMS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "xapk": ("xapk", xapk),
    "apks": ("apks", apks),
    "sai": ("apks", sai),
    "apkm": ("apkm", apkm),
    "zip": ("zip", store_download),
    "xapk in a zip": ("xapk", nested),
    "aab": ("aab", aab),
}
