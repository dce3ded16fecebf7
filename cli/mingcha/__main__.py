"""``python -m mingcha``."""

from mingcha.main import cli

cli(prog_name="mingcha")
