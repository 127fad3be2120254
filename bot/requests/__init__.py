"""Contact requests: drafts, submission, life cycle, look-up, erasure. Plain SQLAlchemy: nothing here knows Rasa or French wording."""
