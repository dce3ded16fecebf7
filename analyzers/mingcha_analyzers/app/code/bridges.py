"""Doors from web pages into the app: objects that a web view hands to scripts, with the name scripts call them by."""

from collections.abc import Iterator

from mingcha_analyzers.app.code.queries import Queries

_OPENERS = frozenset(
    (class_, b"addJavascriptInterface") for class_ in (b"Landroid/webkit/WebView;", b"Lcom/tencent/smtt/sdk/WebView;")
)
# Receiver, object, name.
_NAME = 2


def find_bridges(queries: Queries) -> Iterator[tuple[int, str | None]]:
    """Yield the bodies of one DEX that open a bridge, with its name, None where it is no constant."""
    members = queries.members(_OPENERS)
    for item, offset, _ in queries.sites(members):
        arguments = queries.arguments(item, offset)
        texts = sorted(arguments[_NAME].texts) if len(arguments) > _NAME else []
        yield item, texts[0].decode("utf-8", "replace") if texts else None
