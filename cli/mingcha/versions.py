"""Which tool, rules and knowledge made a result."""

from mingcha import __version__
from mingcha.result import ToolInfo


def tool_info() -> ToolInfo:
    """Return name and versions; those of rules and knowledge are hashes of their content."""
    from mingcha_corpora.version import knowledge_version
    from mingcha_rules.version import rules_version

    return ToolInfo("mingcha", __version__, rules_version(), knowledge_version())
