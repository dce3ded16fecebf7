"""Versions of SDKs are read from the places that records name, and only where these tell one."""

from collections.abc import Iterator, Mapping

import pytest

from analyzers.app.axmlfile import Element, el, manifest
from analyzers.app.code.programs import static
from analyzers.app.dex.assemble import Class, assemble
from analyzers.app.packages import app, package
from mingcha_analyzers.app.values import SdkFound, VersionKind, VersionSource
from mingcha_corpora.sdks import RecordFile, lay_over

RECORDS = """\
sdks:
- id: example-push
  name: Example Push
  category: push
  collects_pi: true
  tier: curated
  packages: [com.example.push]
  purls: [pkg:maven/com.example/push]
  versions:
  - class: com.example.push.Constants
  - class: com.example.push.core.*
    string: '[1-9](?:\\.\\d){2}'
  - string: 'ExamplePush/(\\d[\\d.]*)'
  - meta_key: com.example.push.VERSION
  - entry: 'lib/[^/]+/libexpush(\\d)(\\d)\\.so'
  - {file: assets/push/*.properties, key: version}
  sources: [jar:example-push-1.0]
- id: example-login
  name: Example Login
  category: one-click-login
  collects_pi: true
  tier: curated
  packages: [com.example.push.core.login]
  sources: [jar:example-login-1.0]
"""
PUSH = "Lcom/example/push/Push;"


@pytest.fixture(autouse=True)
def _records() -> Iterator[None]:
    lay_over([RecordFile("mine.yaml", RECORDS.encode())])
    yield
    lay_over([])


def push(
    classes: Mapping[str, str], entries: Mapping[str, bytes] | None = None, root: Element | None = None
) -> SdkFound:
    """Return what is found of the push SDK in an app whose classes name these texts."""
    made = [Class(name, [static("m", [("const-string", 0, text)])]) for name, text in classes.items()]
    dex = assemble([*made, *(Class(f"{PUSH[:-1]}{number};", [static("m", [])]) for number in range(6))])
    found = app(package(root or manifest(), more={"classes.dex": dex, **(entries or {})}))
    return next(sdk for sdk in found.sdks if sdk.id == "example-push")


@pytest.mark.parametrize(
    ("classes", "entries", "version", "kind", "place"),
    [
        pytest.param(
            {"Lcom/example/push/Constants;": "3.12.0"}, {}, "3.12.0", VersionKind.CLASS,
            "com.example.push.Constants", id="a text of a class",
        ),
        pytest.param(
            {"Lcom/example/push/core/a;": "4.8.1", "Lcom/example/push/core/b;": "4.8.1",
             "Lcom/example/push/core/c;": "5.0.1"},
            {}, "4.8.1", VersionKind.CLASS, "com.example.push.core.a", id="the commonest text below a prefix",
        ),
        pytest.param(
            {"La/b;": "ExamplePush/2.1.0"}, {}, "2.1.0", VersionKind.STRING, "ExamplePush/2.1.0",
            id="a text of renamed code",
        ),
        pytest.param(
            {}, {"lib/armeabi-v7a/libexpush21.so": b"", "lib/arm64-v8a/libexpush21.so": b""}, "2.1",
            VersionKind.ENTRY, "lib/arm64-v8a/libexpush21.so", id="the name of a library",
        ),
        pytest.param(
            {}, {"assets/push/build.properties": b"# made by hand\nname=push\nversion = 2.2.0\n"}, "2.2.0",
            VersionKind.FILE, "assets/push/build.properties", id="a key of a file",
        ),
        pytest.param(
            {}, {"META-INF/com.example_push.version": b"1.9.3\n"}, "1.9.3", VersionKind.FILE,
            "META-INF/com.example_push.version", id="what Gradle leaves",
        ),
        pytest.param(
            {}, {"META-INF/maven/com.example/push/pom.properties": b"version=1.9.4\ngroupId=com.example\n"}, "1.9.4",
            VersionKind.FILE, "META-INF/maven/com.example/push/pom.properties", id="what Maven leaves",
        ),
        pytest.param(
            {"Lcom/example/push/Constants;": "3.12.0"}, {"META-INF/com.example_push.version": b"1.9.3"}, "3.12.0",
            VersionKind.CLASS, "com.example.push.Constants", id="places before coordinates",
        ),
    ],
)  # fmt: skip
def test_a_version_is_read_from(
    classes: Mapping[str, str], entries: Mapping[str, bytes], version: str, kind: VersionKind, place: str
) -> None:
    found = push(classes, entries)
    assert (found.version, found.version_source) == (version, VersionSource(kind, place))
    # What the build says of an artifact counts for its package URL, whatever else tells the SDK's version.
    built = "1.9.3" if "META-INF/com.example_push.version" in entries else version
    assert found.purls == (f"pkg:maven/com.example/push@{built}",)


@pytest.mark.parametrize(
    ("classes", "entries"),
    [
        pytest.param({}, {}, id="nothing tells one"),
        pytest.param({"Lcom/example/push/Constants;": "release"}, {}, id="the class names another text"),
        pytest.param({"Lcom/example/push/Other;": "3.12.0"}, {}, id="another class"),
        pytest.param({"Lcom/example/push/core/login/A;": "4.8.1"}, {}, id="another SDK below the prefix"),
        pytest.param(
            {"Lcom/example/push/core/a;": "4.8.1", "Lcom/example/push/core/b;": "5.0.1"}, {}, id="two as often"
        ),
        pytest.param({"La/b;": "2.1.0"}, {}, id="digits of any code"),
        pytest.param({}, {"META-INF/com.example_other.version": b"1.0"}, id="another artifact"),
        pytest.param({}, {"META-INF/com.example_push.version": b"task ':push:writeVersion' property"}, id="no version"),
        pytest.param({}, {"META-INF/com.example_push.version": b"\xff\x00"}, id="no text"),
        pytest.param({}, {"META-INF/com.example_push.version": b"1" * 100_000}, id="a file too large"),
    ],
)
def test_no_version_is_told_where(classes: Mapping[str, str], entries: Mapping[str, bytes]) -> None:
    found = push(classes, entries)
    assert (found.version, found.version_source) == (None, None)
    assert found.purls == ("pkg:maven/com.example/push",)


def test_a_version_is_read_from_the_manifest() -> None:
    data = el("meta-data", name="com.example.push.VERSION", value="6.0.1")
    found = push({}, root=manifest(el("application", data)))
    assert (found.version, found.version_source) == (
        "6.0.1",
        VersionSource(VersionKind.META_DATA, "com.example.push.VERSION"),
    )
