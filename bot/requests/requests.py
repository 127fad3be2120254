"""The service of the contact requests, as the conversation, the workspace and the command line call it."""

from bot.requests.context import RequestContext, RequestView, Submitted
from bot.requests.erasure import erase_conversation
from bot.requests.look_up import CHANGEABLE, cancel, change, look_up
from bot.requests.references import read_reference
from bot.requests.rules import missing_details
from bot.requests.submission import find_open, submit, would_change

__all__ = [
    "CHANGEABLE",
    "RequestContext",
    "RequestView",
    "Submitted",
    "cancel",
    "change",
    "erase_conversation",
    "find_open",
    "look_up",
    "missing_details",
    "read_reference",
    "submit",
    "would_change",
]
