"""A comparison of two versions of a policy as text, JSON or a page."""
