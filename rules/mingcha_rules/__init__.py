"""Judgement: clause catalogue, rule cards, checks and the engine that joins them."""
