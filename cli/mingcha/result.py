"""The saved result of one run: what was read, by which tool, on which day, and what was judged."""

from dataclasses import dataclass
from enum import StrEnum

from mingcha_analyzers.app.values import App
from mingcha_analyzers.policy.values import Policy
from mingcha_rules.values import Assessment

SCHEMA_VERSION = "1.0"


class InputRole(StrEnum):
    """What an input file is.

    ``extra_dex``: code that the auditor dumped from the app while it ran; ``sdk_base``: SDK records of the user's.
    """

    APP = "app"
    POLICY = "policy"
    EXTRA_DEX = "extra_dex"
    SDK_BASE = "sdk_base"


@dataclass(frozen=True, slots=True)
class ToolInfo:
    """The tool and the versions of what it knows (content hashes, so that equal versions mean equal data)."""

    name: str
    version: str
    rules_version: str
    knowledge_version: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input as the user named it; ``size`` in bytes; ``fetched``: read from the network, at the user's wish."""

    role: InputRole
    path: str
    sha256: str
    size: int
    fetched: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Everything one run found out; ``as_of`` is the ISO date that stands for today."""

    schema_version: str
    tool: ToolInfo
    as_of: str
    inputs: tuple[InputFile, ...]
    policy: Policy | None
    app: App | None
    assessment: Assessment
