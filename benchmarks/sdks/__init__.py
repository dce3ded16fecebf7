"""How well the SDKs of a package are named: real SDK archives, made into packages plain, mixed, shrunk and renamed.

``python -m benchmarks.sdks --help``. The archives are other people's: they are fetched by the ordinary clients and kept
in the tests' cache folder; what cannot be fetched or built is said and left out.
"""

import sys
from pathlib import Path

# The tests' makers of manifests and packages are used here; their folders are named like ours.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))
