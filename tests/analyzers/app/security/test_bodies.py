"""Classes that check nothing: by what their methods do not do."""

import pytest

from analyzers.app.dex.assemble import Class, Instruction, Method
from analyzers.app.security.sighted import facts, ids

Code = list[Instruction | str]

TRUST = "Ljavax/net/ssl/X509TrustManager;"
CHECK = "([Ljava/security/cert/X509Certificate;Ljava/lang/String;)V"
HOSTS = "Ljavax/net/ssl/HostnameVerifier;"
VERIFY = "(Ljava/lang/String;Ljavax/net/ssl/SSLSession;)Z"
SSL_ERROR = "(Landroid/webkit/WebView;Landroid/webkit/SslErrorHandler;Landroid/net/http/SslError;)V"
OWN = "Lcn/example/app/Checks;"
END: Instruction = ("return-void",)
DELEGATED: Instruction = ("invoke-interface", (0, 1, 2), f"{TRUST}->checkServerTrusted{CHECK}")
LOGGED: Instruction = ("invoke-static", (0, 1), "Landroid/util/Log;->d(Ljava/lang/String;Ljava/lang/String;)I")
PROCEED: Instruction = ("invoke-virtual", (1,), "Landroid/webkit/SslErrorHandler;->proceed()V")
CANCEL: Instruction = ("invoke-virtual", (1,), "Landroid/webkit/SslErrorHandler;->cancel()V")
ASKED: Instruction = ("invoke-direct", (0, 1), "Landroid/app/AlertDialog$Builder;-><init>(Landroid/content/Context;)V")
TRUE: list[Instruction] = [("const", 0, 1), ("return", 0)]


def trusting(code: Code) -> Class:
    return Class(OWN, [Method("checkServerTrusted", CHECK, code)], interfaces=[TRUST])


def verifying(code: Code) -> Class:
    return Class(OWN, [Method("verify", VERIFY, code)], interfaces=[HOSTS])


def browsing(code: Code) -> Class:
    return Class(OWN, [Method("onReceivedSslError", SSL_ERROR, code)], parent="Landroid/webkit/WebViewClient;")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        pytest.param([END], True, id="empty"),
        pytest.param([LOGGED, END], True, id="only writes a log"),
        pytest.param([DELEGATED, END], False, id="asks another"),
        pytest.param([("new-instance", 0, "Ljava/lang/Exception;"), ("throw", 0)], False, id="throws"),
    ],
)
def test_a_trust_manager_that_throws_nothing_accepts_everything(code: Code, shown: bool) -> None:
    assert ("SF-NET06" in ids(trusting(code))) is shown


def test_a_class_below_such_a_trust_manager_is_told_by_its_own_body() -> None:
    strict = Class("Lcn/example/app/Strict;", [Method("checkServerTrusted", CHECK, [DELEGATED, END])], parent=OWN)
    found = [fact.place.class_ for fact in facts(trusting([END]), strict) if fact.id == "SF-NET06" and fact.place]
    assert found == ["cn.example.app.Checks"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        pytest.param([*TRUE], True, id="true"),
        pytest.param([("const", 0, 0), ("return", 0)], False, id="false"),
        pytest.param(
            [("const", 0, 1), ("if-eqz", 1, "end"), ("const", 0, 0), "end", ("return", 0)], False, id="two ways"
        ),
        pytest.param(
            [("invoke-static", (1, 2), f"Lx/Y;->verify{VERIFY}"), ("move-result", 0), ("return", 0)],
            False,
            id="asks another",
        ),
    ],
)
def test_a_verifier_that_always_says_true_accepts_every_host(code: Code, shown: bool) -> None:
    assert ("SF-NET07" in ids(verifying(code))) is shown


def test_the_body_of_a_lambda_is_followed() -> None:
    lambda_ = Method("lambda$run$0", VERIFY, TRUE, access=0x1008)
    call: Instruction = ("invoke-static", (1, 2), f"Lcn/example/app/Main;->lambda$run$0{VERIFY}")
    made = verifying([call, ("move-result", 0), ("return", 0)])
    assert "SF-NET07" in ids(made, Class("Lcn/example/app/Main;", [lambda_]))


@pytest.mark.parametrize(
    ("code", "confidence"),
    [
        pytest.param([PROCEED, END], 0.9, id="goes on"),
        pytest.param([("if-eqz", 2, "no"), PROCEED, "no", CANCEL, END], 0.5, id="goes on at times"),
        pytest.param([ASKED, PROCEED, END], None, id="asks the user"),
        pytest.param([CANCEL, END], None, id="stops"),
    ],
)
def test_a_page_with_a_bad_certificate(code: Code, confidence: float | None) -> None:
    found = [fact.confidence for fact in facts(browsing(code)) if fact.id == "SF-NET09"]
    assert found == ([] if confidence is None else [confidence])


def test_methods_of_other_classes_with_the_same_name_are_not_looked_at() -> None:
    assert "SF-NET06" not in ids(Class(OWN, [Method("checkServerTrusted", CHECK, [END])]))
