"""The SDK made up for tests, as it is published (class files of Java 8 and 17) and as it comes in apps (DEX)."""

from pathlib import Path

from mingcha_analyzers.values import SourceFile

_FOLDER = Path(__file__).parent / "beacon"


def beacon_file(name: str) -> SourceFile:
    return SourceFile(name, (_FOLDER / name).read_bytes())
