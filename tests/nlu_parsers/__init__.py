"""Tests of nlu_parsers."""
