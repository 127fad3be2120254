"""The workspace tests."""
