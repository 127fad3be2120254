"""Conversations as stored: their token, their state, and their masked turns."""
