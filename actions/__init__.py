"""Rasa actions: thin doors between the tracker and `bot.dialogue`. No rule, no SQL and no French sentence here."""
