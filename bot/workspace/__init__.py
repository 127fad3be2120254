"""The agents' workspace: server-rendered pages, mounted at /agent."""
