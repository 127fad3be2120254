"""The notifications' tests."""
