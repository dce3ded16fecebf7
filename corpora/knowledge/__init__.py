"""Builds the shipped knowledge files from the drafts they come from; not part of the installed packages."""
