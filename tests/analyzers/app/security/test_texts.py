"""Secrets and telling texts: each with a text that looks alike, and none of them printed whole."""

from time import process_time

import pytest

from analyzers.app.axmlfile import el, manifest
from analyzers.app.security.sighted import facts, method
from mingcha_analyzers.app.security.looks import load_looks
from mingcha_analyzers.app.security.masking import mask
from mingcha_analyzers.app.security.texts import find_texts
from mingcha_analyzers.app.values import SecurityFact

LONG = "0123456789abcdefABCDEF0123456789abcdefABCDEF"
SECRETS = {
    "SF-KEY01": "LTAI" + LONG[:16],
    "SF-KEY02": "AKID" + LONG[:32],
    "SF-KEY03": "AKIA" + "Q1W2E3R4T5Y6U7I8",
    "SF-KEY04": "AIza" + LONG[:35],
    "SF-KEY05": "-----BEGIN PRIVATE KEY-----\n" + LONG + LONG,
    "SF-KEY06": "MIICdwIBADANBgkqhkiG9w0BAQ" + LONG * 6,
    "SF-KEY07": "app_secret=" + LONG[:32],
    "SF-KEY09": "ghp_" + LONG[:36],
    "SF-KEY10": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl",
    "SF-KEY11": "accessKeySecret: " + LONG[:30],
    "SF-KEY12": "mysql://admin:Pa55word1@db.shop.cn/x",
}
ALIKE = {
    "SF-KEY01": "LTAI is the head of a key",
    "SF-KEY02": "AKID0123",
    "SF-KEY03": "AKIAIOSFODNN7EXAMPLE",
    "SF-KEY04": "AIza",
    "SF-KEY05": "-----BEGIN PRIVATE KEY-----",
    "SF-KEY06": "MIIBIjANBgkqhkiG9w0BAQ" + LONG * 6,
    "SF-KEY07": "wx0123456789abcdef",
    "SF-KEY09": "xoxb-sample",
    "SF-KEY10": "eyJhbGciOiJIUzI1NiJ9",
    "SF-KEY11": "secretKey=",
    "SF-KEY12": "https://user:password@example.com",
}


def shown(text: str, fact: str) -> list[SecurityFact]:
    return [each for each in facts(method(("const-string", 0, text))) if each.id == fact]


@pytest.mark.parametrize("fact", SECRETS)
def test_a_secret_is_found_and_only_its_ends_are_shown(fact: str) -> None:
    (found,) = shown(SECRETS[fact], fact)
    assert found.detail is not None
    assert "…" in found.detail
    assert SECRETS[fact] not in repr(found)
    assert len(found.detail) <= 8


def test_a_certificate_is_no_private_key() -> None:
    assert shown("MIIEoDCCA4igAwIBAgIB" + LONG * 6, "SF-KEY06") == []


@pytest.mark.parametrize("fact", ALIKE)
def test_a_text_that_looks_like_a_secret_is_none(fact: str) -> None:
    assert shown(ALIKE[fact], fact) == []


def test_short_secrets_show_less() -> None:
    assert (mask("0123456789abcdef"), mask("0123456789"), mask("")) == ("0123…ef", "01…", "…")


def test_a_table_of_a_database_is_told_by_the_personal_column() -> None:
    (found,) = shown("create table user (_id integer, real_name text, phone text)", "SF-STO04")
    assert found.detail == "real_name"
    assert shown("create table headset (_id integer, headphone_model text)", "SF-STO04") == []


def test_an_identifier_that_apps_share_is_told() -> None:
    (found,) = shown("/sdcard/.UTSystemConfig/Global/Alvin2.xml", "SF-STO12")
    assert found.detail == "/.UTSystemConfig/"


def test_a_secret_in_the_manifest_is_told_with_its_name() -> None:
    entry = el("meta-data", name="WX_APP_SECRET", value=LONG[:32])
    (found,) = [each for each in facts(root=manifest(el("application", entry))) if each.id == "SF-KEY07"]
    assert (found.file, found.detail) == ("AndroidManifest.xml", "WX_APP_SECRET: 0123…89")


def test_many_texts_made_to_cost_time_cost_little() -> None:
    looks = load_looks()["text"]
    texts = [f"{n} ".encode() + b"create table " * 300 for n in range(300)]
    texts += [f"{n} ".encode() + b"-eyJ0123456789.eyJ" * 200 for n in range(300)]
    begin = process_time()
    list(find_texts(looks, texts))
    assert process_time() - begin < 20


def test_long_texts_are_searched_up_to_a_bound() -> None:
    assert shown("create table " + "(" * 500_000 + " phone text", "SF-STO04") == []
    assert shown("x" * 5000 + SECRETS["SF-KEY01"], "SF-KEY01") == []
