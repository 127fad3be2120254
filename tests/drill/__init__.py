"""Failures in the middle of conversations."""
