"""The agents' workspace: server-rendered pages, mounted at /agent by the door."""

from bot.workspace.app import workspace_app
from bot.workspace.sessions import signed_in

__all__ = ["signed_in", "workspace_app"]
