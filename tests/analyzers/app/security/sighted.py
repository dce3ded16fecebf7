"""What security facts a package made from a manifest and a few methods shows."""

from collections.abc import Sequence

from analyzers.app.axmlfile import Element, el, manifest
from analyzers.app.dex.assemble import Class, Instruction, Method, assemble
from analyzers.app.packages import app, package
from mingcha_analyzers.app.values import SecurityFact

OWN = "Lcn/example/app/Main;"


def method(*code: Instruction | str, name: str = "run", descriptor: str = "()V") -> Class:
    """Return the app's own class with one method of this code, which ends with a return."""
    return Class(OWN, [Method(name, descriptor, [*code, ("return-void",)])])


def facts(
    *classes: Class, root: Element | None = None, target: int = 34, minimum: int = 24, asks: Sequence[str] = ()
) -> tuple[SecurityFact, ...]:
    """Return the facts of a package with these classes."""
    requests = [el("uses-permission", name=name) for name in asks]
    levels = el("uses-sdk", minSdkVersion=minimum, targetSdkVersion=target)
    quiet = manifest(levels, *requests, el("application", allowBackup=False))
    more = {"classes.dex": assemble(classes)} if classes else {}
    found = app(package(root if root is not None else quiet, more=more)).security
    assert found is not None
    return found


def ids(*classes: Class, target: int = 34, minimum: int = 24, asks: Sequence[str] = ()) -> set[str]:
    """Return the ids of the facts of code."""
    return {fact.id for fact in facts(*classes, target=target, minimum=minimum, asks=asks) if fact.place is not None}
