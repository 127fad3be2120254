"""The one database: engine, transactions, tables and migrations. SQLite by default, PostgreSQL when scaled out."""

from bot.database.engine import engine, light_scope, read_scope, session_scope
from bot.database.upgrade import migrate

__all__ = ["engine", "light_scope", "migrate", "read_scope", "session_scope"]
