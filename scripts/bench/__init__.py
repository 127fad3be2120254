"""Measures the whole assistant beside plain Rasa: `make bench` writes docs/rapports/bench.md."""
