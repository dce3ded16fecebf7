"""mingcha (明察): holds an Android app and its privacy policy against the Chinese standards."""

__version__ = "0.1.0"
