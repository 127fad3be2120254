"""The `repere` command line: one module a command."""
