"""The kinds of check by name; a card says which one looks for it."""

from collections.abc import Callable, Iterator, Mapping

from mingcha_rules.card import Card
from mingcha_rules.checks import (
    access,
    background,
    chain_start,
    contradiction,
    early_access,
    element,
    export,
    flag,
    future_date,
    item_purpose,
    language,
    leftover,
    marked,
    minors_ads,
    permission,
    permission_prompt,
    permission_unrequested,
    permission_use,
    recipient,
    response,
    right,
    right_way,
    sdk,
    sdk_absent,
    sdk_row,
    section,
    self_start,
    special_access,
    umbrella,
    unrequested_use,
)
from mingcha_rules.facts import Facts
from mingcha_rules.gap import Blind, Gap

Check = Callable[[Facts, Card], Iterator[Gap] | Iterator[Gap | Blind]]

CHECKS: Mapping[str, Check] = {
    "access": access.check,
    "background": background.check,
    "chain_start": chain_start.check,
    "contradiction": contradiction.check,
    "early_access": early_access.check,
    "element": element.check,
    "export": export.check,
    "flag": flag.check,
    "future_date": future_date.check,
    "item_purpose": item_purpose.check,
    "language": language.check,
    "leftover": leftover.check,
    "marked": marked.check,
    "minors_ads": minors_ads.check,
    "permission": permission.check,
    "permission_prompt": permission_prompt.check,
    "permission_unrequested": permission_unrequested.check,
    "permission_use": permission_use.check,
    "recipient": recipient.check,
    "response": response.check,
    "right": right.check,
    "right_way": right_way.check,
    "sdk": sdk.check,
    "sdk_absent": sdk_absent.check,
    "sdk_row": sdk_row.check,
    "section": section.check,
    "self_start": self_start.check,
    "special_access": special_access.check,
    "umbrella": umbrella.check,
    "unrequested_use": unrequested_use.check,
}
