"""Timings and accuracy, beside peers in the same run; nothing here is installed."""
