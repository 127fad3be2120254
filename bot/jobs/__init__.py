"""The background process: empties the outbox, reminds, and removes what is past its time."""
