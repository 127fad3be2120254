"""Tests of the widget alone, in a real browser, against a small stand-in for the public door."""
