"""Which SDKs of the base a policy means by the names it writes, in rows of lists and in sentences."""

from mingcha_analyzers.policy.claims.sdknames.companies import is_vendor
from mingcha_analyzers.policy.claims.sdknames.kinds import is_general
from mingcha_analyzers.policy.claims.sdknames.resolving import Named, is_sdk_name, resolve
from mingcha_analyzers.policy.claims.sdknames.sentences import SdkName, find_sdk_names, name_at_start

__all__ = [
    "Named",
    "SdkName",
    "find_sdk_names",
    "is_general",
    "is_sdk_name",
    "is_vendor",
    "name_at_start",
    "resolve",
]
