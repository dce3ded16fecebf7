"""Signs in the signatures of a package: looks of kind ``signing``.

``check``: ``only_scheme`` (``scheme``), ``subject`` and ``algorithm`` (``pattern``), ``weak_key`` (``rsa_bits``, the
least).
"""

import re
from collections.abc import Callable, Iterator, Mapping

from mingcha_analyzers.app.security.looks import Look, Sign, load_looks
from mingcha_analyzers.app.security.masking import cut
from mingcha_analyzers.app.security.owning import APP
from mingcha_analyzers.app.values import Signing


def find_in_signing(signing: Signing) -> Iterator[Sign]:
    """Yield the signs of the signatures."""
    for look in load_looks().get("signing", ()):
        for detail in _CHECKS[look.params["check"]](look, signing):
            yield Sign(look, APP, None, None, cut(detail), look.confidence)


def _only_scheme(look: Look, signing: Signing) -> Iterator[str]:
    if signing.schemes == (look.params["scheme"],):
        yield look.params["scheme"]


def _subject(look: Look, signing: Signing) -> Iterator[str]:
    pattern = re.compile(look.params["pattern"])
    yield from (each.subject for each in signing.certificates if pattern.search(each.subject))


def _weak_key(look: Look, signing: Signing) -> Iterator[str]:
    for each in signing.certificates:
        if each.key_algorithm == "rsa" and each.key_bits is not None and each.key_bits < look.params["rsa_bits"]:
            yield f"RSA {each.key_bits}"


def _algorithm(look: Look, signing: Signing) -> Iterator[str]:
    pattern = re.compile(look.params["pattern"])
    yield from (
        each.signature_algorithm
        for each in signing.certificates
        if each.signature_algorithm is not None and pattern.search(each.signature_algorithm)
    )


_CHECKS: Mapping[str, Callable[[Look, Signing], Iterator[str]]] = {
    "only_scheme": _only_scheme,
    "subject": _subject,
    "weak_key": _weak_key,
    "algorithm": _algorithm,
}
