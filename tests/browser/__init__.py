"""Tests of the whole assistant, real processes, in a real browser."""
