"""Mails about contact requests: read from the outbox, written from templates, sent once."""
