"""The one database: engine, transactions, tables and migrations. SQLite by default, PostgreSQL when scaled out."""

from bot.database.engine import engine, read_scope, session_scope
from bot.database.upgrade import migrate

__all__ = ["engine", "migrate", "read_scope", "session_scope"]
