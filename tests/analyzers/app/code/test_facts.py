"""Every API fact: code that shows it gives an observation of its item or act, in one DEX made from all facts."""

from functools import cache

import pytest

from analyzers.app.dex.assemble import Class, Instruction, Method, assemble
from mingcha_analyzers.app.code import find_observations
from mingcha_analyzers.app.code.facts import Condition, load_fact_index, load_treatment
from mingcha_analyzers.app.code.owners import Owners
from mingcha_analyzers.app.values import Component, ComponentKind, IntentFilter, Observation
from mingcha_corpora.facts import ApiFact, load_api_facts
from mingcha_corpora.sdks import load_sdk_base

APP = "cn.example.facts"
# Where the argument decides, the fact of the call itself has no item: its texts and numbers are facts of their own.
DECIDED_BY_OTHERS = frozenset(
    fact.id
    for fact in load_api_facts()
    if fact.data_item is None and fact.act is None and fact.mechanism != "consent-gate"
)
QUERY = (
    "Landroid/content/ContentResolver;->query(Landroid/net/Uri;[Ljava/lang/String;Ljava/lang/String;"
    "[Ljava/lang/String;Ljava/lang/String;)Landroid/database/Cursor;"
)
PARSE = "Landroid/net/Uri;->parse(Ljava/lang/String;)Landroid/net/Uri;"
SETTING = (
    "Landroid/provider/Settings$Secure;->getString(Landroid/content/ContentResolver;Ljava/lang/String;)"
    "Ljava/lang/String;"
)
PROPERTY = "Landroid/os/SystemProperties;->get(Ljava/lang/String;)Ljava/lang/String;"
COMMAND = "Ljava/lang/Runtime;->exec(Ljava/lang/String;)Ljava/lang/Process;"
SETTINGS = (b"Landroid/provider/Settings$Secure;",)
NO_CONDITION = Condition(frozenset(), frozenset(), frozenset(), frozenset(), weak=False)
LIST_FILES = "Ljava/io/File;->listFiles()[Ljava/io/File;"
LOOK_UP = "Ljava/lang/Class;->getMethod(Ljava/lang/String;[Ljava/lang/Class;)Ljava/lang/reflect/Method;"
RUN = "Ljava/lang/reflect/Method;->invoke(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;"
# Texts that say little are never taken alone (evidence weak or conditional).
TEXTS = frozenset(("file-path", "intent-action", "reflection-string"))


def told(fact: ApiFact) -> bool:
    """Return whether code can show the fact: it is not ignored, says enough, and is not decided by its arguments."""
    alone = fact.kind not in TEXTS or fact.evidence == "direct"
    return alone and fact.id not in load_treatment()["ignored"] and fact.id not in DECIDED_BY_OTHERS


def of_manifest(fact: ApiFact) -> bool:
    return fact.id in load_treatment()["manifest_only"]


def call(reference: str, *, text: str | None = None, number: int | None = None) -> list[Instruction]:
    """Return a call with one text or number as its second argument."""
    before: list[Instruction] = [("const-string", 2, text)] if text is not None else []
    before += [("const", 2, number)] if number is not None else []
    return [*before, ("invoke-virtual", (1, 2), reference)]


def descriptor_of(class_: str, name: str) -> str:
    """Return the first descriptor that facts give a method."""
    facts = load_fact_index().methods[(class_.encode(), name.encode())]
    descriptor = next((each for fact in facts for each in fact.descriptors), "()V")
    return descriptor[:-1] + ("V" if descriptor.endswith(")*") else "") if descriptor.endswith("*") else descriptor


def code_of_member(fact: ApiFact) -> list[Instruction]:
    class_, name = (fact.class_ or "").encode(), (fact.name or "").encode()
    condition = load_fact_index().conditions.get((class_, name), NO_CONDITION)
    descriptor = descriptor_of(fact.class_ or "", fact.name or "")
    text = next(
        (text.decode() for text in sorted(condition.arguments)),
        "android_id" if class_ in SETTINGS else "com.example.other",
    )
    beside: list[Instruction] = [("const-string", 3, each.decode()) for each in sorted(condition.beside)[:1]]
    for owner, called in sorted(condition.calls)[:1]:
        beside.append(("invoke-virtual", (3,), f"{owner.decode()}->{called.decode()}()V"))
    return [*beside, *call(f"{fact.class_}->{fact.name}{descriptor}", text=text)]


def code_of(fact: ApiFact) -> list[Instruction]:
    """Return instructions that show a fact, by its kind."""
    value = fact.value or ""
    if fact.kind == "method":
        return code_of_member(fact)
    if fact.kind == "field":
        return [("sget-object", 1, f"{fact.class_}->{fact.name}:Ljava/lang/String;")]
    if fact.kind == "constant-arg":
        member, _, number = value.rpartition(":")
        return call(f"{member}{descriptor_of(*member.split('->'))}", number=int(number))
    if fact.kind == "content-uri":
        return [("const-string", 2, value), ("invoke-static", (2,), PARSE), ("move-result-object", 2),
                ("invoke-virtual", (1, 2), QUERY)]  # fmt: skip
    if fact.kind == "file-path":
        return [("const-string", 2, value), ("invoke-virtual", (1,), LIST_FILES)]
    if fact.kind == "reflection-string":
        return [*call(LOOK_UP, text=value), ("invoke-virtual", (1,), RUN)]
    callee = {"settings-key": SETTING, "system-property": PROPERTY, "shell": COMMAND}.get(fact.kind)
    return call(callee, text=value) if callee else [("const-string", 2, value)]


def class_of(fact: ApiFact) -> Class:
    name = f"Lcn/example/facts/{fact.id.replace('-', '')};"
    if fact.match == "override":
        descriptor = next(iter(fact.descriptors), "()V").replace("*", "V")
        return Class(
            name, [Method(fact.name or "", descriptor)], parent=fact.class_ or "", interfaces=[fact.class_ or ""]
        )
    return Class(name, [Method("show", "()V", [*code_of(fact), ("return-void",)])])


@cache
def seen() -> dict[str, list[Observation]]:
    """Return the observations by the simple name of the class that shows the fact."""
    facts = [fact for fact in load_api_facts() if told(fact)]
    dex = assemble([class_of(fact) for fact in facts if not of_manifest(fact)])
    components = [
        Component(ComponentKind.RECEIVER, f"{APP}.{fact.id.replace('-', '')}", True, None,
                  (IntentFilter((fact.value or "",), (), ()),), ())
        for fact in facts if of_manifest(fact)
    ]  # fmt: skip
    found = find_observations(
        [("classes.dex", dex)], owners=Owners(APP, components, load_sdk_base()), components=components, target_sdk=30
    )
    assert found.limits == ()
    by_class: dict[str, list[Observation]] = {}
    for each in found.observations:
        by_class.setdefault((each.place.class_ or "").rpartition(".")[2], []).append(each)
    return by_class


def shown(fact: ApiFact) -> set[tuple[str | None, str | None]]:
    return {(each.data_item, each.act) for each in seen().get(fact.id.replace("-", ""), ())}


def expected(fact: ApiFact) -> tuple[str | None, str | None]:
    if fact.mechanism == "consent-gate":
        return None, load_treatment()["consent_gate_act"]
    return (None, fact.act) if fact.act else (fact.data_item, None)


@pytest.mark.parametrize("kind", sorted({fact.kind for fact in load_api_facts()}))
def test_every_fact_is_seen(kind: str) -> None:
    facts = [fact for fact in load_api_facts() if fact.kind == kind and told(fact)]
    unseen = [
        f"{fact.id} {fact.class_ or ''} {fact.name or fact.value}"
        for fact in facts
        if expected(fact) not in shown(fact)
    ]
    assert facts
    assert unseen == []


def test_facts_decided_by_arguments_are_those_of_arguments_alone() -> None:
    facts = [fact for fact in load_api_facts() if fact.id in DECIDED_BY_OTHERS]
    assert {fact.evidence for fact in facts} == {"conditional"}


@pytest.mark.parametrize("evidence", ["weak", "conditional"])
def test_texts_that_say_little_are_not_taken_alone(evidence: str) -> None:
    facts = [fact for fact in load_api_facts() if fact.kind in TEXTS and fact.evidence == evidence]
    dex = assemble([class_of(fact) for fact in facts])
    found = find_observations(
        [("classes.dex", dex)], owners=Owners(APP, (), load_sdk_base()), components=(), target_sdk=30
    )
    assert facts
    assert found.observations == ()
