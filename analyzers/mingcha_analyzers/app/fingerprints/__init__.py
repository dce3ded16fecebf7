"""SDKs in renamed code, by features that shrinking and renaming leave alone."""
