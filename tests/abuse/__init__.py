"""Hostile messages against the real processes."""
