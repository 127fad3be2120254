"""Tests of the conversation engine, without Rasa nor a model."""
