"""The requests' tests."""
