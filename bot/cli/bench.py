"""`repere bench`: how fast the engine is, and how few questions it asks."""

from __future__ import annotations

from datetime import date

import click

from bot.catalog import load_catalogue

DAY = date(2026, 11, 22)  # the sample is always the same


@click.group("bench")
def command() -> None:
    """Measures over the sample families, the same at each run."""


@command.command("eligibility")
@click.option("--families", default=200, show_default=True, help="number of sample families")
@click.option("--rounds", default=5, show_default=True, help="rounds; the best one counts")
def eligibility(families: int, rounds: int) -> None:
    """Time of an evaluation beside zen-engine and hand-written Python, and questions asked per Caf."""
    from bot.eligibility.bench import CAF, measure
    from bot.eligibility.measure import count_questions

    catalogue = load_catalogue()
    speed = measure(catalogue, DAY, families, rounds)
    click.echo(f"{CAF}: {speed.offers} offers, {speed.families} families, best of {rounds} rounds, microseconds of processor per family")
    for name, time in (
        ("engine, with reasons, facts already read", speed.ours),
        ("engine, with reasons, facts read and checked", speed.from_raw),
        ("engine, with reasons and next question", speed.with_question),
        ("zen-engine, verdicts only", speed.zen),
        ("zen-engine, one expression a condition", speed.zen_reasons),
        ("plain Python, verdicts only", speed.plain),
    ):
        click.echo(f"  {name:46} {time:9.1f}  {1e6 / time:10.0f} per second")
    told, only = speed.zen_reasons / speed.ours, speed.zen / speed.ours
    click.echo(f"  zen-engine / engine, both from facts already read: {told:.1f} condition by condition, {only:.1f} verdicts only")
    click.echo(f"  engine / plain Python: {speed.ours / speed.plain:.1f}")
    click.echo("questions until the offers of a situation are settled (median, 9 in 10), best order beside file order")
    for caf in catalogue.cafs:
        figures = count_questions(catalogue, caf, DAY, families)
        best, plain = f"{figures.best_median:g}, {figures.best_p90}", f"{figures.file_median:g}, {figures.file_p90}"
        click.echo(f"  {caf:20} {best:8} beside {plain}")
