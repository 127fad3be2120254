"""What starts and trains the assistant: the processes, the model, and whether the parts answer."""
