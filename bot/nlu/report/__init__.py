"""How well the model understands: an independent set of messages, figures with their interval, and the confusions. Not used at run time."""
