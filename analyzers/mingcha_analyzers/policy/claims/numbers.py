"""Chinese and Western numerals as policies write them (15, 十五, 三十, twenty)."""

DIGITS = {"零": 0, "〇": 0, "一": 1, "壹": 1, "二": 2, "两": 2, "三": 3, "叁": 3, "四": 4, "五": 5, "六": 6}
DIGITS |= {"七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "拾": 10, "百": 100}
ENGLISH = {"one": 1, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30}
ENGLISH |= {"four": 4, "six": 6, "eight": 8, "nine": 9, "twelve": 12, "fourteen": 14, "sixty": 60, "ninety": 90}


def read_number(words: str) -> int | None:
    """Return the number ``words`` writes; null when it is none."""
    if words.isdecimal():
        return int(words) if len(words) < 9 else None
    if words in ENGLISH:
        return ENGLISH[words]
    if not words or any(letter not in DIGITS and letter not in TENS for letter in words):
        return None
    if not any(letter in TENS for letter in words):
        return int("".join(str(DIGITS[letter]) for letter in words[:9]))
    total, digit = 0, None
    for letter in words:
        if letter in TENS:
            total += (1 if digit is None else digit) * TENS[letter]
            digit = None
        else:
            digit = DIGITS[letter]
    return total + (digit or 0)
