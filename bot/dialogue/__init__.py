"""The engine of conversation: one turn in, what to say and to ask out. Knows nothing of Rasa, HTTP or language models."""
