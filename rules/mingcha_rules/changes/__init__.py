"""What changed between two versions of a policy, and which of it users must be told or asked about."""

from mingcha_rules.changes.comparison import compare_policies
from mingcha_rules.changes.values import Aspect, Change, ChangeKind, Duty

__all__ = ["Aspect", "Change", "ChangeKind", "Duty", "compare_policies"]
