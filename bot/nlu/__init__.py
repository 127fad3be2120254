"""Understanding of messages: parsers without Rasa, and the components that run inside the Rasa process."""
