"""Security facts of a package, and what shows each of them.

A fact supports what people say of an app's security and decides nothing: the clauses speak of ability. Which of the
facts are looked for, and which are not and why, stands in docs/security.md.
"""
