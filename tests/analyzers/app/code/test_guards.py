"""Which stored flags count as asking whether the user has agreed, and what they are called."""

import pytest

from analyzers.app.code.programs import GO, Code, application, method, reach, static
from analyzers.app.dex.assemble import Class
from mingcha_analyzers.app.code.flags import About, load_flag_words

STORE = "Landroid/content/SharedPreferences;"
GET_FLAG = f"{STORE}->getBoolean(Ljava/lang/String;Z)Z"
GET_NUMBER = f"{STORE}->getInt(Ljava/lang/String;I)I"
GET_TEXT = f"{STORE}->getString(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;"
EQUALS = "Ljava/lang/String;->equals(Ljava/lang/Object;)Z"
VALUE = "Ljava/lang/Boolean;->booleanValue()Z"
SETTINGS, PREFERENCES = "Lcn/example/Settings;", "Lcn/example/Preferences;"
AGREED = f"{SETTINGS}->isAgreed()Z"


def unless(*ask: object) -> Code:
    """Return code that reads only where what was asked is not zero."""
    return [*ask, ("move-result", 0), ("if-eqz", 0, ":end"), GO, ":end"]  # type: ignore[list-item]


def ask_store(key: str, getter: str = GET_FLAG) -> Code:
    return [("const-string", 2, key), ("invoke-interface", (1, 2, 3), getter)]


def handing_on(ask: Code) -> Code:
    return [*ask, ("move-result", 0), ("return", 0)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("privacy_agreed", ("guarded", "privacy_agreed"), id="consent"),
        pytest.param("isFirstOpen", ("guarded", "isFirstOpen"), id="first start"),
        pytest.param("k1", ("guarded", "k1"), id="says nothing"),
        pytest.param("is_debug", ("yes", None), id="about debugging"),
        pytest.param("pushEnabled", ("yes", None), id="about push"),
        pytest.param("push_privacy_agreed", ("guarded", "push_privacy_agreed"), id="consent to push"),
    ],
)
def test_a_flag_counts_unless_its_key_is_about_something_else(key: str, expected: tuple[str, str | None]) -> None:
    found = reach([application(unless(*ask_store(key)))])
    assert (found.before_consent.value, found.guard) == expected


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        pytest.param(ask_store("privacy_state", GET_NUMBER), ("guarded", "privacy_state"), id="number"),
        pytest.param(ask_store("start_count", GET_NUMBER), ("yes", None), id="another number"),
        pytest.param(
            [*ask_store("user_agree", GET_TEXT), ("move-result-object", 4), ("const-string", 5, "1"),
             ("invoke-virtual", (4, 5), EQUALS)],
            ("guarded", "user_agree"), id="text",
        ),
        pytest.param(
            [*ask_store("token", GET_TEXT), ("move-result-object", 4), ("const-string", 5, "1"),
             ("invoke-virtual", (4, 5), EQUALS)],
            ("yes", None), id="another text",
        ),
    ],
)  # fmt: skip
def test_numbers_and_texts_count_where_their_key_speaks_of_consent(ask: Code, expected: tuple[str, str | None]) -> None:
    found = reach([application(unless(*ask))])
    assert (found.before_consent.value, found.guard) == expected


def settings(*methods: tuple[str, str, Code]) -> Class:
    return Class(SETTINGS, [static(name, code, descriptor) for name, descriptor, code in methods])


@pytest.mark.parametrize(
    ("classes", "ask", "guard"),
    [
        pytest.param(
            [settings(("isAgreed", "()Z", handing_on(ask_store("privacy"))))],
            [("invoke-static", (), AGREED)], "privacy", id="key inside",
        ),
        pytest.param(
            [settings(("isAgreed", "()Z", handing_on([("invoke-static", (), f"{PREFERENCES}->a()Z")]))),
             Class(PREFERENCES, [static("a", handing_on(ask_store("x")), "()Z")])],
            [("invoke-static", (), AGREED)], "x", id="two levels",
        ),
        pytest.param(
            [settings(("get", "(Ljava/lang/String;)Z", handing_on([("invoke-interface", (1, 2, 3), GET_FLAG)])))],
            [("const-string", 2, "agree"), ("invoke-static", (2,), f"{SETTINGS}->get(Ljava/lang/String;)Z")],
            "agree", id="key passed in",
        ),
        pytest.param(
            [settings(("get", "(Ljava/lang/String;Ljava/lang/Object;)Ljava/lang/Object;",
                       [("invoke-interface", (1, 2, 3), GET_FLAG), ("return-object", 0)]))],
            [("const-string", 2, "agree"),
             ("invoke-static", (2, 3), f"{SETTINGS}->get(Ljava/lang/String;Ljava/lang/Object;)Ljava/lang/Object;"),
             ("move-result-object", 4), ("check-cast", 4, "Ljava/lang/Boolean;"), ("invoke-virtual", (4,), VALUE)],
            "agree", id="object passed back",
        ),
        pytest.param(
            [settings(("getAgreed", "()Z", handing_on([
                ("invoke-interface", (1, 2, 3), "Lkotlin/properties/ReadWriteProperty;->getValue()Ljava/lang/Object;"),
                ("move-result-object", 4), ("check-cast", 4, "Ljava/lang/Boolean;"),
                ("invoke-virtual", (4,), VALUE)]))),
             Class("Lcn/example/Delegate;", [method("getValue", [*ask_store("flag"), ("return-object", 0)],
                                                    "()Ljava/lang/Object;")],
                   interfaces=["Lkotlin/properties/ReadWriteProperty;"])],
            [("invoke-static", (), f"{SETTINGS}->getAgreed()Z")], "flag", id="delegated property",
        ),
    ],
)  # fmt: skip
def test_what_hands_a_flag_on_is_a_flag(classes: list[Class], ask: Code, guard: str) -> None:
    found = reach([application(unless(*ask)), *classes])
    assert (found.before_consent.value, found.guard) == ("guarded", guard)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("agreed", ("guarded", "Settings.agreed"), id="consent"),
        pytest.param("DEBUG", ("yes", None), id="about debugging"),
    ],
)
def test_a_static_boolean_set_elsewhere_is_a_flag(name: str, expected: tuple[str, str | None]) -> None:
    field = f"{SETTINGS}->{name}:Z"
    ask: Code = [("sget-boolean", 0, field), ("if-eqz", 0, ":end"), GO, ":end"]
    found = reach([application(ask), settings(("set", "()V", [("sput-boolean", 0, field)]))])
    assert (found.before_consent.value, found.guard) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param("x1", "yes", id="its own switch"),
        pytest.param("privacy_agree", "guarded", id="a word of consent"),
    ],
)
def test_in_an_sdk_only_words_of_consent_count(key: str, expected: str) -> None:
    sdk = Class("Lcom/umeng/commonsdk/Starter;", [static("start", unless(*ask_store(key)))])
    found = reach([application([("invoke-static", (), f"{sdk.name}->start()V")]), sdk])
    assert found.before_consent.value == expected


@pytest.mark.parametrize(
    ("names", "about"),
    [
        pytest.param(["is_user_agreement_ok"], About.CONSENT, id="agreement"),
        pytest.param(["yinsi_tongyi"], About.CONSENT, id="pinyin"),
        pytest.param(["BuildConfig.DEBUG"], About.OTHER, id="build"),
        pytest.param(["showPolicyUpdate"], About.UNCLEAR, id="a word that may mean consent"),
        pytest.param(["is_login"], About.UNCLEAR, id="signed in"),
        pytest.param([], About.UNCLEAR, id="no name"),
    ],
)
def test_names_of_flags(names: list[str], about: About) -> None:
    assert load_flag_words().judge(names) is about
