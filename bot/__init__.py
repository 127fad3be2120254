"""Repère: guides families, partners and agents to the social work offers of their Caf."""
