"""Damaged code ends in fewer signs, never in an error."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.app.dex.assemble import Class, Method, assemble
from analyzers.app.security import test_bodies as bodies
from analyzers.app.security import test_calls as calls
from analyzers.app.security.sighted import OWN
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.security.code import CodeFinder
from mingcha_corpora.sdks import load_sdk_base


@cache
def telling_dex() -> bytes:
    """Return a DEX with a sign of each kind."""
    code = [
        *calls.named(calls.CIPHER, "AES"),
        *calls.vector(*calls.TEXT_BYTES),
        *calls.keyed(calls.ARRAY, ("fill-array", 2, bytes(range(16)))),
        *calls.queried(("invoke-virtual", (0,), calls.DEVICE_ID), ("move-result-object", 5)),
        *calls.sent_later(*calls.ACTION, flags=0),
        *calls.READ_ID,
        ("invoke-static", (1, 2), calls.LOG),
        ("return-void",),
    ]
    return assemble(
        [
            Class(OWN, [Method("run", "()V", code)]),
            bodies.trusting([bodies.END]),
            Class("Lx/V;", [Method("verify", bodies.VERIFY, bodies.TRUE)], interfaces=[bodies.HOSTS]),
            Class(
                "Lx/W;",
                [Method("onReceivedSslError", bodies.SSL_ERROR, [bodies.PROCEED, bodies.END])],
                parent="Landroid/webkit/WebViewClient;",
            ),
        ]
    )


def signs(data: bytes) -> set[str]:
    finder = CodeFinder()
    find_observations(
        [("classes.dex", data)],
        owners=Owners("cn.example.app", (), load_sdk_base()),
        components=(),
        target_sdk=30,
        watchers=[finder],
    )
    return {sign.look.fact for sign in finder.signs}


def test_the_whole_file_shows_all_kinds() -> None:
    shown = {"SF-CRY01", "SF-CRY04", "SF-CRY05", "SF-INJ01", "SF-PLT09", "SF-STO06", "SF-NET06", "SF-NET07", "SF-NET09"}
    assert shown <= signs(telling_dex())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(8, len(telling_dex()) - 1), st.integers(0, 255)), min_size=1, max_size=16))
def test_changed_bytes_end_in_no_error(changes: list[tuple[int, int]]) -> None:
    data = bytearray(telling_dex())
    for place, value in changes:
        data[place] = value
    signs(bytes(data))


def test_a_call_of_a_method_that_is_not_there_is_left_out() -> None:
    data = bytearray(telling_dex())
    shown = signs(bytes(data))
    # Wherever a call may stand, its method number becomes too large.
    for place in range(len(data) - 1):
        if data[place] in range(0x74, 0x79):
            changed = bytes(data[: place + 2]) + b"\xff\x7f" + bytes(data[place + 4 :])
            assert signs(changed) <= shown
