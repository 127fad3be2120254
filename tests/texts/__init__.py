"""The French that people read is plain, wherever it is written."""
