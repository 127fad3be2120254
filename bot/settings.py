"""Every setting of Repère: name, default and help, read from the environment in one place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadInput

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, its safe default, and what it does (units included)."""

    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("REPERE_ENV", "development", "`development` or `production`; production refuses to start with default secrets"),
    Setting("REPERE_HOST", "127.0.0.1", "address the public door listens on"),
    Setting("REPERE_PORT", "8080", "port of the public door; Rasa and the action server listen on the two next ports, loopback only"),
    Setting("REPERE_RASA_URL", "", "address of the Rasa server; empty: loopback, door port + 1"),
    Setting("REPERE_ACTIONS_URL", "", "address of the action server; empty: loopback, door port + 2"),
    Setting("REPERE_DATABASE_URL", "", "any SQLAlchemy URL; empty: the SQLite file var/repere.db"),
    Setting("REPERE_VAR", "", "folder of the data written at run time; empty: var/ in the project"),
    Setting("REPERE_MODELS", "", "folder of the trained models; empty: models/ in the project"),
    Setting("REPERE_CATALOG", "", "folder of the catalogue; empty: data/catalog in the project"),
    Setting("REPERE_SECRET", "", "secret that signs tokens and sessions; empty: one is made and kept in var/ (refused in production)"),
    Setting("REPERE_LOG_LEVEL", "info", "`debug`, `info`, `warning` or `error`"),
    Setting("REPERE_TURN_TIMEOUT", "4.5", "seconds the door waits for a turn before it answers 503; people must have an answer within 5"),
    Setting("REPERE_REDIS_URL", "", "redis://host:port/0 shared by the replicas (locks, pace of messages); empty: kept in each process"),
    Setting("REPERE_METRICS_KEY", "", "key that Prometheus shows to read /metrics; empty: readable from this machine only"),
    Setting("REPERE_MAX_TEXT", "2000", "longest message taken, in characters"),
    Setting("REPERE_DRAFT_MINUTES", "60", "minutes of silence after which a draft of a request is deleted"),
    Setting("REPERE_CONVERSATION_DAYS", "30", "days after its last message at which a conversation is erased"),
    Setting("REPERE_BURST_MESSAGES", "30", "messages of one conversation taken at once before its pace is limited"),
    Setting("REPERE_MESSAGES_PER_MINUTE", "60", "messages a minute taken from one conversation after the burst"),
    Setting("REPERE_BURST_CONVERSATIONS", "600", "conversations one address may open at once before its pace is limited"),
    Setting("REPERE_CONVERSATIONS_PER_MINUTE", "300", "conversations a minute one address may open after the burst"),
    Setting("REPERE_TRUSTED_PROXY", "", "`1` when a proxy of ours stands in front and sets X-Forwarded-For; empty: the header is ignored"),
    Setting(
        "REPERE_ACCESSIBILITY_CONTACT", "", "mail address for problems of accessibility, shown on /accessibilite; empty: said to be missing"
    ),
    Setting("REPERE_CORS_ORIGINS", "", "origins allowed to embed the widget, separated by commas; empty: none but our own"),
    Setting("REPERE_DUE_DAYS", "5", "working days to make the first contact for a request; internal, never promised to the person"),
    Setting("REPERE_FOLLOW_UP_DAYS", "20", "working days for an agent to fix an appointment or close a request once taken"),
    Setting("REPERE_REQUEST_MONTHS", "24", "months after closing at which a request is made anonymous"),
    Setting("REPERE_AUDIT_MONTHS", "12", "months for which the agents' accesses are kept"),
    Setting("REPERE_RECEIPT_DAYS", "180", "days for which the traces of sent mails are kept"),
    Setting("REPERE_BACKUP_DAYS", "30", "days that a backup of the database lives; said to those who ask to be erased"),
    Setting("REPERE_PUBLIC_URL", "", "address of the assistant as written in mails; empty: the local door"),
    Setting("REPERE_SMTP_URL", "", "smtp://user:password@host:port (or smtps://); empty: mails are written to var/mails as .eml files"),
    Setting("REPERE_MAIL_FROM", "ne-pas-repondre@repere.invalid", "sender of the mails"),
    Setting("REPERE_MAILBOXES", "", "mailboxes told of requests, over the catalogue's: `isere=…, aisne:laon_hirson=…`"),
    Setting("REPERE_MAIL_TO", "", "every mail goes there instead of its recipient; outside production, empty means nobody@repere.invalid"),
    Setting("REPERE_WEBHOOK_URL", "", "address told of each change of a request (no personal data); empty: none"),
    Setting("REPERE_WEBHOOK_SECRET", "", "secret that signs the webhook (HMAC-SHA256)"),
    Setting("REPERE_AGENDA_KEYS", "", "hashes of the keys that read /api/requests, one a Caf: `aisne=…, isere=…`; empty: nobody reads it"),
    Setting("REPERE_OIDC_ISSUER", "", "address of the OpenID Connect provider that signs agents in (discovery under it); empty: none"),
    Setting("REPERE_OIDC_CLIENT_ID", "", "our identifier at that provider; callback: <public address>/agent/connexion/caf/retour"),
    Setting("REPERE_OIDC_CLIENT_SECRET", "", "our secret at that provider; empty for a public client (PKCE alone)"),
    Setting("REPERE_SESSION_MINUTES", "60", "minutes of inactivity after which an agent is signed out"),
)

# What is kept for a time, and of that, what domain.yml tells people in figures.
DURATIONS = ("REPERE_DRAFT_MINUTES", "REPERE_CONVERSATION_DAYS", "REPERE_REQUEST_MONTHS", "REPERE_BACKUP_DAYS")
PROMISED = ("REPERE_CONVERSATION_DAYS", "REPERE_REQUEST_MONTHS")

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def get(name: str) -> str:
    """Value of a declared setting: the environment's if set and not empty, else its default. Raises KeyError if undeclared."""
    return os.environ.get(name, "") or _BY_NAME[name].default


def get_int(name: str) -> int:
    """Value of a numeric setting. Raises ValueError naming the setting when it is not a whole number."""
    value = get(name)
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from None


def durations() -> dict[str, int]:
    """How long things are kept, by setting, as the texts for people say it: the one source of every duration shown."""
    return {name: get_int(name) for name in DURATIONS}


def check_promises() -> None:
    """Raises BadInput when something would be kept longer than the conversation promises (domain.yml says the default durations)."""
    for name in PROMISED:
        longest = int(_BY_NAME[name].default)
        if get_int(name) > longest:
            raise BadInput(f"{name} is more than the {longest} that people are told: change domain.yml and the default together")


def production() -> bool:
    """True when the assistant serves the public: secrets must be set and mails may leave."""
    return get("REPERE_ENV") == "production"


def var_dir() -> Path:
    """Folder of what is written at run time (database, mails, logs); not created here."""
    return Path(get("REPERE_VAR") or ROOT / "var")


def models_dir() -> Path:
    """Folder of the trained models."""
    return Path(get("REPERE_MODELS") or ROOT / "models")


def catalog_dir() -> Path:
    """Folder of the catalogue files."""
    return Path(get("REPERE_CATALOG") or ROOT / "data" / "catalog")


def database_url() -> str:
    """SQLAlchemy URL of the one database."""
    return get("REPERE_DATABASE_URL") or f"sqlite:///{var_dir() / 'repere.db'}"


def public_url() -> str:
    """Address of the assistant as people reach it, without a trailing slash."""
    return get("REPERE_PUBLIC_URL").rstrip("/") or f"http://{get('REPERE_HOST')}:{get('REPERE_PORT')}"


def rasa_url() -> str:
    """Address of the Rasa server, without a trailing slash."""
    return get("REPERE_RASA_URL").rstrip("/") or f"http://127.0.0.1:{get_int('REPERE_PORT') + 1}"


def actions_url() -> str:
    """Address of the action server, without a trailing slash."""
    return get("REPERE_ACTIONS_URL").rstrip("/") or f"http://127.0.0.1:{get_int('REPERE_PORT') + 2}"
