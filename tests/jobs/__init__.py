"""The jobs tests."""
