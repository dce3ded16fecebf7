"""The questions that people answer where static analysis cannot: the operator's staff, and a tester with a phone."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from mingcha_corpora.errors import KnowledgeError
from mingcha_corpora.records import parse_yaml
from mingcha_rules.catalogue import load_clauses
from mingcha_rules.values import Words


class Role(StrEnum):
    """Who answers: the operator's people from their records, or a tester on a device."""

    OPERATOR = "operator"
    TESTER = "tester"


class Answerer(StrEnum):
    """Which people of the role answer."""

    MANAGEMENT = "management"
    SECURITY = "security"
    LEGAL = "legal"
    PERSONNEL = "personnel"
    DEVICE = "device"


class AnswerType(StrEnum):
    """What is answered: yes or no, the same or "does not apply", or whether what was seen is what was expected."""

    YES_NO = "yes_no"
    YES_NO_NA = "yes_no_na"
    TEST = "test"


class Proof(StrEnum):
    """The kind of proof that an answer has to name; any one of those of a question will do."""

    DOCUMENT = "document"
    RECORD = "record"
    CONTRACT = "contract"
    REPORT = "report"
    CERTIFICATE = "certificate"
    SCREENSHOT = "screenshot"
    RECORDING = "recording"


@dataclass(frozen=True, slots=True)
class DeviceTest:
    """How a tester proceeds; the steps are numbered in this order, equally many in both languages."""

    precondition: Words
    steps: tuple[Words, ...]
    expected: Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question; it is put so that "yes" (a test: as expected) speaks for the clauses.

    ``proof`` are the kinds of proof that will do, ``proof_words`` say what is wanted; ``valid_days``: how long an
    answer holds after its date; ``against``: rules whose findings contradict a "yes"; ``test``: of testers only.
    """

    id: str
    clauses: tuple[str, ...]
    role: Role
    by: Answerer
    answer: AnswerType
    proof: tuple[Proof, ...]
    valid_days: int
    against: tuple[str, ...]
    question: Words
    proof_words: Words
    test: DeviceTest | None


_FIELDS = frozenset(field.name for field in fields(Question))
_OPTIONAL = frozenset({"against", "test"})


@cache
def load_questions() -> Mapping[str, Question]:
    """Return every question by id, in the order of the files and of their lines."""
    import yaml  # Loaded only when a judgement is made.

    found: dict[str, Question] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".yaml"):
            continue
        try:
            rows = parse_yaml(file.read_text(encoding="utf-8"))
        except yaml.YAMLError as fault:
            raise _damaged(file.name, "1", str(fault)) from fault
        for row in rows:
            question = parse_question(row, file.name)
            if question.id in found:
                raise _damaged(file.name, question.id, "the id stands twice")
            found[question.id] = question
    return MappingProxyType(found)


@cache
def load_questions_of() -> Mapping[str, tuple[Question, ...]]:
    """Return the questions that bear on each clause that has some."""
    found: dict[str, list[Question]] = {}
    for question in load_questions().values():
        for clause in question.clauses:
            found.setdefault(clause, []).append(question)
    return MappingProxyType({clause: tuple(each) for clause, each in found.items()})


def parse_question(row: Any, file: str) -> Question:
    """Return the question that ``row`` describes.

    Raises:
        KnowledgeError: a field is missing, unknown or of the wrong kind; the question is named.
    """
    name = str(row.get("id", "1")) if isinstance(row, dict) else "1"
    try:
        question = _question(row)
        _check(question)
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise _damaged(file, name, str(fault)) from fault
    return question


def _question(row: Mapping[str, Any]) -> Question:
    if not _FIELDS - _OPTIONAL <= set(row) <= _FIELDS:
        raise ValueError(f"fields {sorted(set(row) ^ (_FIELDS - _OPTIONAL))} are missing or unknown")
    return Question(
        id=row["id"],
        clauses=tuple(row["clauses"]),
        role=Role(row["role"]),
        by=Answerer(row["by"]),
        answer=AnswerType(row["answer"]),
        proof=tuple(map(Proof, row["proof"])),
        valid_days=int(row["valid_days"]),
        against=tuple(row.get("against", ())),
        question=_words(row["question"]),
        proof_words=_words(row["proof_words"]),
        test=_test(row["test"]) if "test" in row else None,
    )


def _test(row: Mapping[str, Any]) -> DeviceTest:
    zh, en = row["steps"]["zh"], row["steps"]["en"]
    steps = tuple(_words({"zh": one, "en": other}) for one, other in zip(zh, en, strict=True))
    return DeviceTest(_words(row["precondition"]), steps, _words(row["expected"]))


def _words(row: Mapping[str, Any]) -> Words:
    zh, en = str(row["zh"]).strip(), str(row["en"]).strip()
    if not zh or not en:
        raise ValueError("words need zh and en")
    return Words(zh, en)


def _check(question: Question) -> None:
    unknown = [ref for ref in question.clauses if ref not in load_clauses()]
    if unknown or not question.clauses:
        raise ValueError(f"no such clause: {', '.join(unknown) or 'none given'}")
    tested = question.role is Role.TESTER
    signs = (question.test is not None, question.answer is AnswerType.TEST, question.by is Answerer.DEVICE)
    if signs != (tested, tested, tested):
        raise ValueError("a tester's question, and no other, is a test, has its steps and is answered on a device")
    if question.valid_days <= 0 or not question.proof:
        raise ValueError("valid_days and proof are needed")


def _damaged(file: str, field: str, fault: str) -> KnowledgeError:
    """Return the error; the id of the question stands for the line."""
    return KnowledgeError("knowledge_damaged", path=f"rules/questions/{file}", line=field, fault=fault)
