"""Whether a statement makes, denies or restricts an act, judged at the verb of the act.

A denial without exception is the strongest thing a policy can be held to, so every doubt leads away from
``denied``: an exception anywhere in the sentence or at the start of the next, a condition, a softened verb.
"""

from bisect import bisect_left
from functools import lru_cache

from mingcha_analyzers.policy.claims.statement import Statement
from mingcha_analyzers.policy.claims.words import pattern
from mingcha_analyzers.policy.values import Polarity

ENDS = frozenset(",。;:!?")
BRACKETS = {"(": ")", "[": "]", "【": "】", "《": "》"}
BLOT = "□"
LONGEST_ASIDE = 300
PLAIN_REACH = 24  # Farther off, other words may take the negation.
REACH = 60  # Letters a negation may stand before its verb.


@lru_cache(maxsize=4096)
def mask(text: str, lang: str) -> str:
    """Return ``text`` with the words blotted out that hold 不 or 未 and negate nothing."""
    return pattern("polarity", "masked", lang).sub(lambda found: BLOT * len(found.group()), text)


@lru_cache(maxsize=4096)
def clause_bounds(text: str) -> tuple[int, ...]:
    """Return the places of the marks that end a clause; a mark inside brackets ends none."""
    bounds, place = [], 0
    while place < len(text):
        letter = text[place]
        closing = BRACKETS.get(letter)
        end = text.find(closing, place, place + LONGEST_ASIDE) if closing else -1
        if end > 0:
            place = end
        elif letter in ENDS or (letter == "." and text[place + 1 : place + 2] in ("", " ")):
            bounds.append(place)
        place += 1
    return tuple(bounds)


def clause_start(text: str, place: int) -> int:
    """Return where the clause around ``place`` begins."""
    bounds = clause_bounds(text)
    index = bisect_left(bounds, place)
    return bounds[index - 1] + 1 if index else 0


def clause_end(text: str, place: int) -> int:
    """Return where the clause around ``place`` ends."""
    bounds = clause_bounds(text)
    index = bisect_left(bounds, place)
    return bounds[index] if index < len(bounds) else len(text)


def find_negation(statement: Statement, verb: int) -> int | None:
    """Return the place of the negator that governs the verb at ``verb``.

    The negator stands in the clause of the verb, or in the clause before if that clause breaks off without a
    verb of its own (“我们不会在未经同意的情况下，收集…”).
    """
    text = mask(statement.text, statement.lang)
    # “不会在未经您同意的情况下收集”: the condition must not use up the denial around it.
    text = pattern("polarity", "without_consent", statement.lang).sub(lambda hit: BLOT * len(hit.group()), text)
    start = clause_start(text, verb)
    found = last_negator(statement.lang, text, start, verb)
    if found is None and start > 0:
        earlier = clause_start(text, start - 1)
        found = last_negator(statement.lang, text, earlier, start - 1)
        if found is not None and not breaks_off(statement.lang, text[found : start - 1]):
            return None
    return found


def last_negator(lang: str, text: str, start: int, end: int) -> int | None:
    """Return the place of the last negator in ``text[start:end]`` that no other verb uses up."""
    found = None
    for hit in pattern("polarity", "negator", lang).finditer(text, max(start, end - REACH), end):
        between = text[hit.end() : end]
        if not pattern("polarity", "consumed", lang).search(between):
            found = hit.start()
            break  # The first one reaches over all verbs of the chain; a second is part of a condition.
    return found


def breaks_off(lang: str, text: str) -> bool:
    """Return whether a clause from its negator on leaves the verb to the next clause (不会以任何方式，…)."""
    return not has_verb(lang, text) and pattern("polarity", "breaks_off", lang).search(text) is not None


def has_verb(lang: str, text: str) -> bool:
    """Return whether ``text`` holds a verb of any act."""
    return any(
        pattern("actions", key, lang).search(text)
        for key in ("collect", "use", "store", "share", "disclose", "transfer")
    )


def find_polarity(statement: Statement, verb: int, following: Statement | None) -> Polarity | None:
    """Return the polarity of the act whose verb stands at ``verb``; null where the clause states no practice."""
    lang = statement.lang
    text = mask(statement.text, lang)
    start, end = clause_start(text, verb), clause_end(text, verb)
    if pattern("polarity", "withheld", lang).search(text, start, end):
        return None
    negation = find_negation(statement, verb)
    if negation is None:
        return Polarity.AFFIRMED
    return judge_denial(statement, text, negation, verb, following)


def judge_denial(statement: Statement, text: str, negation: int, verb: int, following: Statement | None) -> Polarity:
    """Return how far the negation at ``negation`` of the verb at ``verb`` holds."""
    lang = statement.lang
    if pattern("polarity", "without_consent", lang).search(statement.text):
        return Polarity.CONDITIONAL
    if pattern("polarity", "withheld", lang).search(text, 0, verb):
        return Polarity.CONDITIONAL
    if pattern("polarity", "afterwards", lang).search(statement.text, 0, verb):
        return Polarity.CONDITIONAL
    if pattern("polarity", "softened", lang).search(text, negation, verb):
        return Polarity.CONDITIONAL
    if is_excepted(statement, negation):
        return Polarity.DENIED_EXCEPT
    if is_advice(statement, negation):
        return Polarity.CONDITIONAL
    if following and pattern("polarity", "taken_back", lang).search(following.text, 0, 40):
        return Polarity.DENIED_EXCEPT
    plain = is_plain(lang, text, negation, verb)
    return Polarity.DENIED if plain else Polarity.CONDITIONAL


def is_excepted(statement: Statement, negation: int) -> bool:
    """Return whether the sentence takes part of the denial at ``negation`` back."""
    if pattern("polarity", "exception", statement.lang).search(statement.text):
        return True
    start = clause_start(statement.text, negation)
    return pattern("polarity", "restriction", statement.lang).search(statement.text, start) is not None


def is_advice(statement: Statement, negation: int) -> bool:
    """Return whether the user is told not to do it, and the controller is not named between."""
    hits = list(pattern("polarity", "advice", statement.lang).finditer(statement.text, 0, negation))
    object_of = pattern("polarity", "advice", statement.lang).search(statement.text, negation, negation + PLAIN_REACH)
    if object_of and object_of.group() in ("自己的", "本人的"):
        return True
    return (
        bool(hits) and pattern("actors", "own", statement.lang).search(statement.text, hits[-1].end(), negation) is None
    )


def is_plain(lang: str, text: str, negation: int, verb: int) -> bool:
    """Return whether the controller itself denies the verb right after the negator, and the verb heads the clause."""
    if verb - negation > PLAIN_REACH or pattern("polarity", "not_ours", lang).search(text, 0, negation):
        return False
    return pattern("polarity", "head_verb", lang).match(text, verb) is not None


def is_denying_lead(statement: Statement) -> Polarity | None:
    """Return the polarity of a sentence that introduces a list of denied things (“我们不会收集：”)."""
    for key in ("collect", "share", "disclose", "transfer", "store", "use"):
        hit = pattern("actions", key, statement.lang).search(statement.text)
        if hit:
            return find_polarity(statement, hit.start(), None)
    hit = pattern("polarity", "negator", statement.lang).search(mask(statement.text, statement.lang))
    return Polarity.DENIED if hit and hit.end() >= len(statement.text) - 1 else None
