"""What the Rasa server loads of ours beside its pipeline: the channel the door speaks to, and the store of conversations."""
