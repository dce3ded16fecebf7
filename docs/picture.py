"""Draws the pictures of the report in the READMEs from a real run on the careless sample.

``make picture`` rewrites them; the file names are fixed, so are the inputs and the day.
"""

import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from mingcha.pipeline import Request, run
from mingcha.render.terminal import render_terminal

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
WIDTH = 110
LINES = 74


def main() -> None:
    """Write one SVG a language."""
    result = run(
        Request(
            app="samples/apps/careless.apk",
            policies=("samples/policies/careless.zh.txt",),
            as_of="2026-11-01",
        )
    )
    IMAGES.mkdir(exist_ok=True)
    for lang in ("zh", "en"):
        text = render_terminal(result, lang, width=WIDTH, color=True)
        shown = "\n".join(text.splitlines()[:LINES]) + "\n…"
        console = Console(record=True, width=WIDTH, file=Path("/dev/null").open("w"))  # noqa: SIM115
        console.print(Text.from_ansi(shown))
        svg = console.export_svg(title="mingcha check careless.apk --policy careless.zh.txt")
        # The library's page asks for a font from the network; the viewer's own monospace does as well.
        svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
        (IMAGES / f"careless-{lang}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
