"""A policy as an annotated page: its text in its outline, what was read of it marked, what it lacks at its place."""

from mingcha.render.explain.page import render_explanation

__all__ = ["render_explanation"]
