"""The sample apps, whose every read is written down in truth.yaml: each is found, with owner, way and start-up."""

import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from mingcha_analyzers.app.code import CodeFacts, find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.reader import read_app
from mingcha_analyzers.app.values import BeforeConsent, Observation, Stage
from mingcha_analyzers.values import SourceFile
from mingcha_corpora.sdks import load_sdk_base

# What every way of the third sample ends with.
SERIAL = {"item": "device.serial", "api": "Build.SERIAL", "owner": "app"}
SAMPLES = Path(__file__).parents[4] / "samples" / "apps"


@cache
def facts_of(name: str) -> CodeFacts:
    path = SAMPLES / f"{name}.apk"
    app = read_app(SourceFile(path.name, path.read_bytes()))
    with zipfile.ZipFile(path) as apk:
        dexes = [("classes.dex", apk.read("classes.dex"))]
    return find_observations(
        dexes,
        owners=Owners(app.package_name, app.components, load_sdk_base()),
        components=app.components,
        target_sdk=app.target_sdk,
    )


def truth(name: str) -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load((SAMPLES / name / "truth.yaml").read_text("utf-8"))
    return table


def reads() -> Iterator[Any]:
    for name in ("careless", "careful", "ways"):
        for read in truth(name)["reads"]:
            label = f"{name} {read['class'].rpartition('.')[2]}.{read['method']} {read.get('item', '')} {read['kind']}"
            yield pytest.param(name, {**SERIAL, **read}, id=label)


def observed(name: str, read: dict[str, Any]) -> Observation:
    """Return the observation of a read, chosen by item and place."""
    found = [
        each
        for each in facts_of(name).observations
        if (each.data_item, each.place.class_, each.place.method) == (read["item"], read["class"], read["method"])
    ]
    word = read["api"].split(".")[-1].split(" ")[0].removeprefix("reflection ")
    matching = [each for each in found if word in each.api] or found
    assert matching, f"not found: {read}"
    return matching[0]


@pytest.mark.parametrize(("name", "read"), list(reads()))
def test_finds_each_read_with_its_owner(name: str, read: dict[str, Any]) -> None:
    assert observed(name, read).owner == read["owner"]


@pytest.mark.parametrize(("name", "read"), list(reads()))
def test_knows_how_each_read_is_reached(name: str, read: dict[str, Any]) -> None:
    observation = observed(name, read)
    if read["entry"] is None:
        assert (observation.stage, observation.reach.chain) == (Stage.PRESENT, ())
        return
    class_, _, method = read["entry"].rpartition(".")
    assert observation.reach.entry == f"L{class_.replace('.', '/')};->{method}"
    assert observation.reach.chain[-1] == observation.caller
    assert observation.reach.before_consent == read["before_consent"]


@pytest.mark.parametrize(("name", "read"), list(reads()))
def test_tells_what_can_be_sent(name: str, read: dict[str, Any]) -> None:
    observation = observed(name, read)
    # A value that waits in a field is not followed to where it is used.
    possible = read.get("sent", False) and read["kind"] != "static_initialiser"
    assert (observation.stage is Stage.SENT_POSSIBLE) == possible
    assert bool(observation.sends) == possible


def test_the_way_of_sending_begins_at_the_read_and_ends_at_the_network() -> None:
    read = next(each for each in truth("careless")["reads"] if each["method"] == "readAndroidId")
    assert observed("careless", read).sends == (
        "Lcn/example/taihen/TaihenApp;->readAndroidId",
        "Lcn/example/taihen/TaihenApp;->lambda$onCreate$0$cn-example-taihen-TaihenApp",
        "Lcn/example/taihen/Report;->send",
        "Ljava/net/HttpURLConnection;->getOutputStream",
    )


def test_the_careful_app_reads_nothing_before_consent() -> None:
    early = [each for each in facts_of("careful").observations if each.reach.before_consent is BeforeConsent.YES]
    assert early == []


@pytest.mark.parametrize("item", ["device.imei", "device.mac", "app.installed_list"])
def test_the_careless_app_reads_at_its_start_before_consent(item: str) -> None:
    own = [each for each in facts_of("careless").observations if (each.data_item, each.owner) == (item, "app")]
    assert own
    for each in own:
        assert each.reach.before_consent is BeforeConsent.YES
        assert each.reach.chain[0] == "Lcn/example/taihen/TaihenApp;->onCreate"
        assert each.reach.chain[-1] == each.caller


def test_the_careful_app_makes_the_same_reads_behind_its_flag_or_after_it() -> None:
    reads = [each for each in facts_of("careful").observations if each.data_item in ("device.imei", "device.mac")]
    assert {(each.reach.before_consent.value, each.reach.guard) for each in reads} == {("guarded", "Consent.isGiven")}


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        pytest.param(
            "careless",
            [
                ("act.permission_request", "Lcn/example/taihen/SplashActivity;->onCreate", "yes"),
                ("app.autostart", "Lcn/example/taihen/BootReceiver;", "yes"),
                ("app.autostart", "Lcn/example/taihen/WakeReceiver;", "no"),
                ("app.autostart", "Lcn/example/taihen/WakeReceiver;", "no"),
                ("app.chain_start", "Lcn/example/taihen/WakeReceiver;->onReceive", "no"),
                ("app.keep_alive", "Lcn/example/taihen/BootReceiver;->onReceive", "yes"),
                ("app.keep_alive", "Lcn/example/taihen/SyncService;->onStartCommand", "yes"),
                ("app.chain_start", "Lcn/jpush/android/service/DaemonService;", "no"),
            ],
            id="starts itself and others",
        ),
        pytest.param(
            "careful",
            [("act.permission_request", "Lcn/example/yanyu/MainActivity;->askForCamera", "no")],
            id="asks late",
        ),
    ],
)
def test_finds_acts(name: str, acts: list[tuple[str, str, str]]) -> None:
    found = [(each.act, each.caller, each.reach.before_consent) for each in facts_of(name).observations if each.act]
    assert found == acts


def test_broadcasts_that_no_longer_come_are_told_apart() -> None:
    """The careless app targets 30: its receiver in the manifest hears of the start of the phone and of nothing else."""
    starts = [each for each in facts_of("careless").observations if each.act == "app.autostart"]
    assert {each.api for each in starts if each.effective} == {"android.intent.action.BOOT_COMPLETED"}


def test_a_chain_is_the_shortest_way_of_calls() -> None:
    read = next(each for each in truth("careless")["reads"] if each["method"] == "readPhone")
    assert observed("careless", read).reach.chain == (
        "Lcn/example/taihen/TaihenApp;->onCreate",
        "Lcn/example/taihen/TaihenApp;->readPhone",
    )


@pytest.mark.parametrize("item", ["device.imei", "device.mac", "device.serial"])
def test_calls_that_no_longer_answer_are_told_apart(item: str) -> None:
    """The careless app targets 30: these reads are in the code and get no answer from the system."""
    assert {each.effective for each in facts_of("careless").observations if each.data_item == item} == {False}


def test_the_same_input_gives_the_same_observations() -> None:
    first = facts_of("careless")
    facts_of.cache_clear()
    assert facts_of("careless") == first


def test_calls_out_of_sight_are_counted() -> None:
    assert facts_of("careless").unfollowed == (("reflection", "app", 1),)
    assert facts_of("careful").unfollowed == ()
