"""Conversations through HTTP, on the real processes."""
