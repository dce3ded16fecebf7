"""How well the SDKs of a package are named: real SDK archives, made into packages plain, mixed, shrunk and renamed.

``python -m benchmarks.sdks --help``. The archives are other people's: they are fetched by the ordinary clients and kept
in the tests' cache folder; what cannot be fetched or built is said and left out.
"""
