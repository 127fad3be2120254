"""Rasa graph components: thin wrappers around the readers of bot.nlu."""
