"""Signs from the parts of whole packages, and what telling SDKs costs."""

import time

import pytest

from analyzers.app.axmlfile import manifest
from analyzers.app.packages import app, package
from mingcha_analyzers.app import inside, reader
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.sdks.kept_names import KeptNames
from mingcha_analyzers.app.sdks.strings import StringFinder
from mingcha_analyzers.app.values import EvidenceKind
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base
from realfiles import real_apk

RENAMED = [f"a.b.{letter}{other}" for letter in "abcdef" for other in "abcdef"]
LIBRARY = {"lib/arm64-v8a/libx.so": b"\x7fELF\0Java_com_tencent_bugly_crashreport_Native_go\0"}


@pytest.mark.parametrize(
    ("classes", "named"),
    [
        pytest.param(RENAMED, {"bugly"}, id="renamed code"),
        pytest.param([f"cn.example.app.Screen{number}" for number in range(40)], set(), id="readable code"),
    ],
)
def test_native_libraries_are_asked_where_names_say_nothing(classes: list[str], named: set[str]) -> None:
    found = app(package(manifest(), classes=classes, more=LIBRARY))
    assert {sdk.id for sdk in found.sdks} == named


def test_files_of_builds_and_assets_add_to_each_other() -> None:
    base = load_sdk_base()
    purl, (owner, *_) = next(
        (purl, owners) for purl, owners in sorted(base.by_purl.items()) if purl.startswith("pkg:maven/com.umeng.umsdk/")
    )
    group, artifact = purl.removeprefix("pkg:maven/").split("/")
    place = f"META-INF/maven/{group}/{artifact}/pom.properties"
    found = app(package(manifest(), classes=["cn.example.app.Main"], more={place: b""}))
    (sdk,) = [sdk for sdk in found.sdks if sdk.id == owner]
    assert [(sign.kind, sign.value) for sign in sdk.evidence] == [(EvidenceKind.FILE, place)]


@pytest.mark.network
def test_telling_sdks_costs_little_beside_reading_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of .3 s is for 10 MB; the least of several runs, as noise only adds."""
    spent = [0.0]

    def timed(module: object, name: str) -> None:
        work = getattr(module, name)

        def run(*given: object, **named: object) -> object:
            begin = time.process_time()
            try:
                return work(*given, **named)
            finally:
                spent[0] += time.process_time() - begin

        monkeypatch.setattr(module, name, run)

    timed(StringFinder, "read")
    timed(KeptNames, "read")
    timed(inside, "find_nested")
    timed(reader, "_find_sdks")
    data = real_apk("pocoservice").read_bytes()
    costs = []
    for _ in range(5):
        spent[0] = 0.0
        read_app(SourceFile("service.apk", data))
        costs.append(spent[0])
    assert min(costs) * 10e6 / len(data) <= 0.3
