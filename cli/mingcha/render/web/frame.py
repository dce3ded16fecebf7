"""The frame of an HTML page: one file that runs nothing but its own script and fetches nothing at all."""

import base64
import hashlib
from functools import cache
from importlib import resources

from mingcha.render.web.markup import Html, element, text_html

LANGUAGE_TAGS = {"zh": "zh-CN", "en": "en"}


def render_frame(title: str, lang: str, body: Html, *, styles: tuple[str, ...] = (), script: str | None = None) -> str:
    """Return the whole page; ``styles`` and ``script`` are names of files of this package beside the shared sheet."""
    code = load_text(script) if script is not None else ""
    sheet = "\n".join(map(load_text, ("web/style.css", *styles)))
    head = (
        '<meta charset="utf-8">',
        element("meta", http_equiv="Content-Security-Policy", content=_policy(code)),
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        element("title", text_html(title)),
        f"<style>\n{sheet}</style>",
    )
    parts = (
        "<!DOCTYPE html>",
        f'<html lang="{LANGUAGE_TAGS[lang]}">',
        "<head>",
        *head,
        "</head>",
        "<body>",
        body,
        f"<script>{code}</script>" if code else "",
        "</body>",
        "</html>",
    )
    return "\n".join(parts) + "\n"


@cache
def load_text(name: str) -> str:
    """Return the text of a style sheet or script of this package."""
    return resources.files("mingcha.render").joinpath(name).read_text("utf-8")


def _policy(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode("ascii")
    scripts = f"'sha256-{digest}'" if code else "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {scripts}; base-uri 'none'; form-action 'none'"
