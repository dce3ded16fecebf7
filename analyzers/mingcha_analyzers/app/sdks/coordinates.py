"""Maven coordinates in the names of files that builds leave of a library."""

import re

_MAVEN = re.compile(r"META-INF/maven/([^/]+)/([^/]+)/pom\.(?:properties|xml)")
_VERSION = re.compile(r"META-INF/([^/_]+)_([^/]+)\.version")


def purl_of(name: str) -> str | None:
    """Return the package URL, without a version, that an entry of this name proves."""
    match = _MAVEN.fullmatch(name) or _VERSION.fullmatch(name)
    return f"pkg:maven/{match[1]}/{match[2]}" if match else None
