"""What is taken for a read and what only looks like one."""

import pytest

from analyzers.app.dex.assemble import Class, Instruction, Method, assemble
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_corpora.sdks import load_sdk_base

CODE = list[Instruction | str]
GET_ADDRESS = "Ljava/net/InetAddress;->getHostAddress()Ljava/lang/String;"
INTERFACES = "Ljava/net/NetworkInterface;->getNetworkInterfaces()Ljava/util/Enumeration;"
CARD = "Landroid/os/Environment;->getExternalStorageDirectory()Ljava/io/File;"
LIST_FILES = "Ljava/io/File;->listFiles()[Ljava/io/File;"
PROCESSES = "Landroid/app/ActivityManager;->getRunningAppProcesses()Ljava/util/List;"
MY_PROCESS = "Landroid/os/Process;->myPid()I"
SERVICES = "Landroid/content/pm/PackageManager;->queryIntentServices(Landroid/content/Intent;I)Ljava/util/List;"
LOOK_UP = "Ljava/lang/Class;->getMethod(Ljava/lang/String;[Ljava/lang/Class;)Ljava/lang/reflect/Method;"
RUN = "Ljava/lang/reflect/Method;->invoke(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;"
KEPT = "Lcn/example/A;->method:Ljava/lang/reflect/Method;"


def seen(*code: Instruction | str) -> list[tuple[str | None, float]]:
    """Return item and confidence of what one method touches."""
    dex = assemble([Class("Lcn/example/A;", [Method("m", "()V", [*code, ("return-void",)])])])
    found = find_observations(
        [("classes.dex", dex)], owners=Owners("cn.example", (), load_sdk_base()), components=(), target_sdk=30
    )
    return [(each.data_item or each.act, each.confidence) for each in found.observations]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param([("invoke-virtual", (1,), GET_ADDRESS)], [], id="the address of a peer"),
        pytest.param(
            [("invoke-static", (), INTERFACES), ("invoke-virtual", (1,), GET_ADDRESS)],
            [("network.ip", 0.9), ("network.ip", 0.9)],
            id="the address of an interface of the device",
        ),
        pytest.param([("invoke-static", (), CARD)], [("media.files", 0.3)], id="a shared folder written to"),
        pytest.param(
            [("invoke-static", (), CARD), ("invoke-virtual", (1,), LIST_FILES)],
            [("media.files", 0.4)],
            id="a shared folder listed",
        ),
        pytest.param([("invoke-virtual", (1,), PROCESSES)], [("app.running_list", 0.4)], id="all processes"),
        pytest.param(
            [("invoke-static", (), MY_PROCESS), ("invoke-virtual", (1,), PROCESSES)],
            [("app.running_list", 0.3)],
            id="the app's own process",
        ),
        pytest.param(
            [("invoke-virtual", (1, 2, 3), SERVICES)], [("app.installed_list", 0.3)], id="who answers to one intent"
        ),
        pytest.param(
            [("const-string", 4, "android.intent.category.LAUNCHER"), ("invoke-virtual", (1, 2, 3), SERVICES)],
            [("app.installed_list", 0.9)],
            id="who stands on the home screen",
        ),
        pytest.param([("const-string", 1, "/sdcard/mine.txt")], [("media.files", 0.3)], id="a file in a shared folder"),
        pytest.param(
            [("const-string", 1, "/sdcard/"), ("invoke-virtual", (1,), LIST_FILES)],
            [("media.files", 0.5)],
            id="files in a shared folder listed by path",
        ),
        pytest.param([("const-string", 1, "cannot open /proc/cpuinfo")], [], id="a message that tells of a path"),
        pytest.param([("const-string", 1, "cat /proc/cpuinfo")], [("device.cpu", 0.5)], id="a command on a path"),
        pytest.param([("const-string", 1, "android.os.ServiceManager")], [], id="the way to any service"),
        pytest.param(
            [("const-string", 1, "android.net.conn.CONNECTIVITY_CHANGE")], [], id="an action that code compares with"
        ),
    ],
)  # fmt: skip
def test_texts_and_calls_that_need_company(code: CODE, expected: list[tuple[str, float]]) -> None:
    assert seen(*code) == expected


@pytest.mark.parametrize(
    ("after", "confidence"),
    [
        pytest.param([], 0.3, id="asked whether it exists"),
        pytest.param([("invoke-virtual", (1,), RUN)], 0.6, id="called"),
        pytest.param([("move-result-object", 1), ("iput-object", 1, 0, KEPT)], 0.6, id="kept to be called"),
    ],
)
def test_a_method_looked_up_by_name_is_a_read_once_it_is_called(after: CODE, confidence: float) -> None:
    code: CODE = [("const-string", 2, "getSubscriberId"), ("invoke-virtual", (1, 2), LOOK_UP), *after]
    assert seen(*code) == [("device.imsi", confidence)]
