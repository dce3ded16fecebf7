"""One file a format; pure functions of a result."""
