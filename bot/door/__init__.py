"""The public door: the only part that people reach. It gives each conversation its id and token, and speaks to Rasa for them."""
