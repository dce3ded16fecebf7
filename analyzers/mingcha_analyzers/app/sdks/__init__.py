"""SDKs in a package: what shows them, how sure that makes us, and how they belong together.

``docs/identification.md`` says what each kind of sign is worth.
"""

from mingcha_analyzers.app.sdks.reader import find_sdks
from mingcha_analyzers.app.sdks.traces import Traces, prefix_of

__all__ = ["Traces", "find_sdks", "prefix_of"]
