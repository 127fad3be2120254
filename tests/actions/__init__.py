"""Tests of the Rasa actions, without a Rasa server."""
