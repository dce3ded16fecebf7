"""Facts that bear on security clauses."""

from dataclasses import dataclass

from mingcha_analyzers.app.values.observations import Place


@dataclass(frozen=True, slots=True)
class SecurityFact:
    """A fact that bears on a security clause; ``id`` is one of ``security_facts``.

    ``owner``: whose code or component it is. ``file``: the entry of the package, null for the package as a whole;
    ``place``: class and method, null where there is none. ``detail``: the cipher, host or action that shows it; of
    a secret only its ends.
    """

    id: str
    owner: str
    file: str | None
    place: Place | None
    detail: str | None
    confidence: float
