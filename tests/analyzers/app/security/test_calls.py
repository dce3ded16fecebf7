"""Calls that show a security fact by what they are given, each beside the nearest call that shows none."""

import pytest

from analyzers.app.axmlfile import el, manifest
from analyzers.app.dex.assemble import STATIC, Class, Instruction, Method
from analyzers.app.security.sighted import OWN, facts, ids, method

Code = list[Instruction]

CIPHER = "Ljavax/crypto/Cipher;->getInstance(Ljava/lang/String;)Ljavax/crypto/Cipher;"
DIGEST = "Ljava/security/MessageDigest;->getInstance(Ljava/lang/String;)Ljava/security/MessageDigest;"
IV = "Ljavax/crypto/spec/IvParameterSpec;-><init>([B)V"
KEY = "Ljavax/crypto/spec/SecretKeySpec;-><init>([BLjava/lang/String;)V"
PASSWORD_KEY = "Ljavax/crypto/spec/PBEKeySpec;-><init>([C[BII)V"
BYTES = "Ljava/lang/String;->getBytes()[B"
RANDOM_BYTES = "Ljava/security/SecureRandom;->nextBytes([B)V"
STORED = "Landroid/content/SharedPreferences;->getString(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;"
PUT = (
    "Landroid/content/SharedPreferences$Editor;->putString(Ljava/lang/String;Ljava/lang/String;)"
    "Landroid/content/SharedPreferences$Editor;"
)
RAW_QUERY = (
    "Landroid/database/sqlite/SQLiteDatabase;->rawQuery(Ljava/lang/String;[Ljava/lang/String;)Landroid/database/Cursor;"
)
BUILDER = "Ljava/lang/StringBuilder;"
APPEND = f"{BUILDER}->append(Ljava/lang/String;){BUILDER}"
PENDING_PARAMETERS = "Landroid/content/Context;ILandroid/content/Intent;I"
PENDING = f"Landroid/app/PendingIntent;->getBroadcast({PENDING_PARAMETERS})Landroid/app/PendingIntent;"
OPEN_FILE = "Landroid/content/Context;->openFileOutput(Ljava/lang/String;I)Ljava/io/FileOutputStream;"
DEVICE_ID = "Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;"
LOG = "Landroid/util/Log;->d(Ljava/lang/String;Ljava/lang/String;)I"
SETTINGS = "Landroid/webkit/WebSettings;->"
TLS = "Ljavax/net/ssl/SSLContext;->getInstance(Ljava/lang/String;)Ljavax/net/ssl/SSLContext;"
READABLE = "Ljava/io/File;->setReadable(ZZ)Z"


def named(reference: str, text: str) -> Code:
    """Return a static call with one text."""
    return [("const-string", 0, text), ("invoke-static", (0,), reference)]


def switched(reference: str, number: int) -> Code:
    """Return a call on an object with one number."""
    return [("const", 2, number), ("invoke-virtual", (1, 2), reference)]


def keyed(*key: Instruction) -> Code:
    """Return a key of AES made from what register 2 holds after these instructions."""
    made: Instruction = ("new-instance", 1, "Ljavax/crypto/spec/SecretKeySpec;")
    return [made, *key, ("const-string", 3, "AES"), ("invoke-direct", (1, 2, 3), KEY)]


def vector(*value: Instruction) -> Code:
    """Return an initialisation vector made from what register 2 holds after these instructions."""
    return [("new-instance", 1, "Ljavax/crypto/spec/IvParameterSpec;"), *value, ("invoke-direct", (1, 2), IV)]


def queried(*second: Instruction, first: str = "SELECT * FROM t WHERE n=") -> Code:
    """Return a query put together from a constant and what register 5 holds after these instructions."""
    return [
        ("new-instance", 4, BUILDER),
        ("invoke-direct", (4,), f"{BUILDER}-><init>()V"),
        ("const-string", 5, first),
        ("invoke-virtual", (4, 5), APPEND),
        *second,
        ("invoke-virtual", (4, 5), APPEND),
        ("invoke-virtual", (4,), f"{BUILDER}->toString()Ljava/lang/String;"),
        ("move-result-object", 2),
        ("const", 3, 0),
        ("invoke-virtual", (1, 2, 3), RAW_QUERY),
    ]


def sent_later(*intent: Instruction, flags: int) -> Code:
    """Return a pending intent around the intent in register 2."""
    made: Instruction = ("new-instance", 2, "Landroid/content/Intent;")
    return [made, *intent, ("const", 3, flags), ("invoke-static", (0, 1, 2, 3), PENDING)]


TEXT_BYTES: Code = [("const-string", 2, "0123456789abcdef"), ("invoke-virtual", (2,), BYTES), ("move-result-object", 2)]
STORED_BYTES: Code = [
    ("const-string", 3, "k"), ("const-string", 4, ""), ("invoke-interface", (2, 3, 4), STORED),
    ("move-result-object", 2), ("invoke-virtual", (2,), BYTES), ("move-result-object", 2),
]  # fmt: skip
ARRAY: Instruction = ("new-array", 2, 3, "[B")
ACTION: Code = [
    ("const-string", 3, "a.b"), ("invoke-direct", (2, 3), "Landroid/content/Intent;-><init>(Ljava/lang/String;)V"),
]  # fmt: skip
TO_CLASS: Code = [
    ("invoke-direct", (2, 3, 4), "Landroid/content/Intent;-><init>(Landroid/content/Context;Ljava/lang/Class;)V")
]
READ_ID: Code = [("invoke-virtual", (0,), DEVICE_ID), ("move-result-object", 2)]
WRITE_FILE: Code = [("invoke-direct", (1, 2), "Ljava/io/FileOutputStream;-><init>(Ljava/lang/String;)V")]
SHARED: Code = [("invoke-static", (), "Landroid/os/Environment;->getExternalStorageDirectory()Ljava/io/File;")]
ENTRY: Code = [
    ("invoke-virtual", (0,), "Ljava/util/zip/ZipEntry;->getName()Ljava/lang/String;"),
    ("invoke-direct", (1, 2), "Ljava/io/File;-><init>(Ljava/lang/String;)V"),
]
LOOKED_AT: Code = [("invoke-virtual", (1,), "Ljava/io/File;->getCanonicalPath()Ljava/lang/String;")]


@pytest.mark.parametrize(
    ("fact", "shown", "not_shown"),
    [
        pytest.param("SF-CRY01", named(CIPHER, "AES"), named(CIPHER, "AES/GCM/NoPadding"), id="AES alone is ECB"),
        pytest.param(
            "SF-CRY01",
            named(CIPHER, "AES/ECB/PKCS5Padding"),
            named(CIPHER, "RSA/ECB/PKCS1Padding"),
            id="RSA/ECB is no ECB",
        ),
        pytest.param(
            "SF-CRY02", named(CIPHER, "DES/CBC/PKCS5Padding"), named(CIPHER, "AES/CBC/PKCS5Padding"), id="DES"
        ),
        pytest.param(
            "SF-CRY03",
            [("const-string", 4, "password"), *named(DIGEST, "MD5")],
            named(DIGEST, "MD5"),
            id="MD5 near a password",
        ),
        pytest.param("SF-CRY04", vector(*TEXT_BYTES), vector(*STORED_BYTES), id="vector out of a text"),
        pytest.param(
            "SF-CRY04", vector(ARRAY), vector(ARRAY, ("invoke-virtual", (1, 2), RANDOM_BYTES)), id="vector of zeros"
        ),
        pytest.param("SF-CRY05", keyed(*TEXT_BYTES), keyed(*STORED_BYTES), id="key out of a text"),
        pytest.param(
            "SF-CRY05",
            keyed(ARRAY, ("fill-array", 2, bytes(range(16)))),
            keyed(("sget-object", 2, "Lx/Y;->key:[B")),
            id="key out of an array",
        ),
        pytest.param(
            "SF-CRY07",
            named(CIPHER, "RSA/ECB/PKCS1Padding"),
            named(CIPHER, "RSA/ECB/OAEPWithSHA-256AndMGF1Padding"),
            id="RSA padding",
        ),
        pytest.param(
            "SF-CRY08",
            [("const", 4, 1000), ("invoke-direct", (1, 2, 3, 4, 5), PASSWORD_KEY)],
            [("const", 4, 120_000), ("invoke-direct", (1, 2, 3, 4, 5), PASSWORD_KEY)],
            id="few rounds",
        ),
        pytest.param(
            "SF-INJ01",
            queried(("invoke-virtual", (0,), DEVICE_ID), ("move-result-object", 5)),
            named("Lx/Y;->z(Ljava/lang/String;)V", "SELECT"),
            id="query",
        ),
        pytest.param("SF-INJ02", ENTRY, [*ENTRY, *LOOKED_AT], id="names in archives"),
        pytest.param("SF-NET11", named(TLS, "SSLv3"), named(TLS, "TLS"), id="SSL 3"),
        pytest.param(
            "SF-PLT09", sent_later(*ACTION, flags=0), sent_later(*TO_CLASS, flags=0), id="intent without a target"
        ),
        pytest.param(
            "SF-PLT09", sent_later(*ACTION, flags=0x08000000), sent_later(*ACTION, flags=0x04000000), id="immutable"
        ),
        pytest.param(
            "SF-PLT10",
            [("invoke-direct", (0, 1, 2, 3, 4), "Ldalvik/system/DexClassLoader;-><init>(Ljava/lang/String;)V")],
            [],
            id="loader",
        ),
        pytest.param(
            "SF-STO01",
            [("const", 1, 1), ("const", 2, 0), ("invoke-virtual", (0, 1, 2), READABLE)],
            [("const", 1, 1), ("const", 2, 1), ("invoke-virtual", (0, 1, 2), READABLE)],
            id="readable for all",
        ),
        pytest.param(
            "SF-STO05",
            [("const-string", 1, "user_password"), ("invoke-interface", (0, 1, 2), PUT)],
            [("const-string", 1, "token_expire_time"), ("invoke-interface", (0, 1, 2), PUT)],
            id="password in the preferences",
        ),
        pytest.param(
            "SF-STO06",
            [*READ_ID, ("invoke-static", (1, 2), LOG)],
            [*READ_ID, ("const-string", 2, "ok"), ("invoke-static", (1, 2), LOG)],
            id="log",
        ),
        pytest.param(
            "SF-WEB03",
            switched(SETTINGS + "setAllowFileAccess(Z)V", 1),
            switched(SETTINGS + "setAllowFileAccess(Z)V", 0),
            id="file access",
        ),
        pytest.param(
            "SF-WEB04",
            switched(SETTINGS + "setAllowFileAccessFromFileURLs(Z)V", 1),
            switched(SETTINGS + "setAllowFileAccessFromFileURLs(Z)V", 0),
            id="files from files",
        ),
        pytest.param(
            "SF-WEB07",
            switched(SETTINGS + "setMixedContentMode(I)V", 0),
            switched(SETTINGS + "setMixedContentMode(I)V", 2),
            id="mixed",
        ),
    ],
)
def test_a_call_shows_a_fact_by_its_arguments(fact: str, shown: Code, not_shown: Code) -> None:
    assert fact in ids(method(*shown))
    assert fact not in ids(method(*not_shown))


@pytest.mark.parametrize(
    ("fact", "code", "there", "not_there"),
    [
        pytest.param(
            "SF-STO01",
            [("const", 2, 1), ("invoke-virtual", (0, 1, 2), OPEN_FILE)],
            23,
            24,
            id="modes that the system refuses",
        ),
    ],
)
def test_a_call_counts_up_to_a_target_level(fact: str, code: Code, there: int, not_there: int) -> None:
    assert fact in ids(method(*code), target=there, minimum=16)
    assert fact not in ids(method(*code), target=not_there, minimum=16)


def test_writing_to_shared_storage_counts_only_with_the_permission() -> None:
    code = method(*SHARED, *WRITE_FILE)
    assert "SF-STO03" in ids(code, asks=["android.permission.WRITE_EXTERNAL_STORAGE"])
    assert "SF-STO03" not in ids(code)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(("sget-object", 5, "La/Table;->NAME:Ljava/lang/String;"), id="name of a table"),
        pytest.param(("const-string", 5, "1"), id="constant"),
    ],
)
def test_a_query_out_of_constants_is_none(second: Instruction) -> None:
    assert "SF-INJ01" not in ids(method(*queried(second)))


def test_a_statement_that_defines_tables_is_no_query() -> None:
    named_by_call = (("invoke-virtual", (0,), DEVICE_ID), ("move-result-object", 5))
    assert "SF-INJ01" not in ids(method(*queried(*named_by_call, first="DROP TABLE IF EXISTS ")))


@pytest.mark.parametrize("key", ["openmobile.qq.com", "phone_model", "password_hint_time"])
def test_keys_that_only_look_like_secrets(key: str) -> None:
    code: Code = [("const-string", 1, key), ("invoke-interface", (0, 1, 2), PUT)]
    assert "SF-STO05" not in ids(method(*code))


def test_the_name_of_a_build_in_the_log_is_no_personal_data() -> None:
    code: Code = [("sget-object", 2, "Landroid/os/Build;->DISPLAY:Ljava/lang/String;"), ("invoke-static", (1, 2), LOG)]
    assert "SF-STO06" not in ids(method(*code))


def test_a_static_field_that_is_set_once_counts_as_its_value() -> None:
    field = f"{OWN}->KEY:[B"
    start = Method("<clinit>", "()V", [*TEXT_BYTES, ("sput-object", 2, field), ("return-void",)], STATIC | 0x10000)
    use = Method("run", "()V", [*keyed(("sget-object", 2, field)), ("return-void",)])
    again = Method("set", "()V", [*STORED_BYTES, ("sput-object", 2, field), ("return-void",)])
    assert "SF-CRY05" in ids(Class(OWN, [start, use]))
    assert "SF-CRY05" not in ids(Class(OWN, [start, use, again]))


def test_a_fact_names_its_place_and_what_shows_it() -> None:
    (fact,) = facts(method(*named(CIPHER, "DES/CTR/NoPadding")))
    assert fact.place is not None
    assert (fact.id, fact.owner, fact.file, fact.detail) == ("SF-CRY02", "app", "classes.dex", "DES/CTR/NoPadding")
    assert (fact.place.class_, fact.place.method, fact.place.descriptor) == ("cn.example.app.Main", "run", "()V")


def test_the_code_of_an_sdk_is_the_sdks_and_that_of_the_platform_nobodys() -> None:
    body = [*named(CIPHER, "DES"), ("return-void",)]
    found = facts(
        Class("Lcom/tencent/bugly/A;", [Method("a", "()V", body)]),
        Class("Landroidx/core/A;", [Method("a", "()V", body)]),
    )
    assert {fact.owner for fact in found if fact.id == "SF-CRY02"} == {"sdk:bugly"}


def test_own_screens_of_payment_without_the_flag_are_told_unless_own_code_sets_it_somewhere() -> None:
    screens = [el("activity", name=name, exported=False) for name in (".PayActivity", ".wxapi.WXPayEntryActivity")]
    root = manifest(el("application", *screens))
    flag: Code = [("const", 1, 0x2000), ("invoke-virtual", (0, 1), "Landroid/view/Window;->addFlags(I)V")]
    told = [fact.place.class_ for fact in facts(method(), root=root) if fact.id == "SF-STO08" and fact.place]
    assert told == ["cn.example.app.PayActivity"]
    assert "SF-STO08" not in {fact.id for fact in facts(method(*flag), root=root)}
