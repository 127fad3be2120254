"""The agents' workspace: server-rendered pages, mounted at /agent by the door."""

from bot.workspace.app import workspace_app
from bot.workspace.sessions import agent_signed_in

__all__ = ["agent_signed_in", "workspace_app"]
