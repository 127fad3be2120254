"""Measures the workspace's list on many requests in PostgreSQL: `python scripts/bench_requests.py [--rows 1000000]`.

Starts its own server in a temporary folder, fills it with fictitious requests, asks for each page as a signed-in agent, and prints the
median and the 95th percentile in milliseconds. Target: 100 ms at the 95th. Exits 1 when a page misses it.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil
from sqlalchemy import event, text

from bot import clock
from bot.database import engine, migrate, session_scope
from tests.helpers import postgres
from tests.helpers.workspace import make_agent, signed_in

TARGET_MS = 100
ROUNDS = 40


@dataclass(frozen=True)
class Measure:
    """One page for one agent, in milliseconds."""

    login: str
    page: str
    median: float
    worst: float  # 95th percentile
    processor: float  # mean time of processor, ours and PostgreSQL's: what a busy machine does not change


FILL = """
insert into contact_requests (reference, status, version, source, audience, created_at, updated_at, closed_at, due_at, taken_at, rdv_at,
  caf, territoire, offre, verdict, access, voie_a_confirmer, violence, minor, nom, prenom, search_name, telephone, accord_mail,
  partenaire_suivi)
select 'RDV-' || lpad(to_hex(n / 65536), 4, '0') || '-' || lpad(to_hex(n % 65536), 4, '0'),
  s, 1, 'chat', 'allocataire', t, t,
  case when s in ('terminee', 'annulee', 'sans_suite') then t + interval '9 days' end,
  case when s in ('nouvelle', 'prise_en_charge', 'rdv_fixe') then t + interval '7 days' end,
  case when s <> 'nouvelle' then t + interval '2 days' end,
  case when s = 'rdv_fixe' then t + interval '6 days' end,
  caf, case when caf = 'aisne' and n % 10 > 0 then
    (array['laon_hirson', 'saint_quentin_chauny', 'soissons_chateau_thierry'])[1 + n % 3] end,
  case when n % 11 > 0 then caf || '/' || (array['separation', 'impayes_loyer', 'deces_parent', 'deces_enfant'])[1 + n % 4] end,
  'eligible', 'ouvert', false, n % 50 = 0, false, 'Exemple' || n % 5000, 'Camille', 'exemple' || n % 5000, '+33639980000', false, false
from (select n, timestamptz '2026-11-20' - (n % 1000000) * interval '1 minute' as t,
    (array['aisne', 'isere', 'seine_saint_denis'])[1 + n % 3] as caf,
    case when n < :rows / 25 then (array['nouvelle', 'prise_en_charge', 'rdv_fixe'])[1 + n / 3 % 3]
         else (array['terminee', 'terminee', 'terminee', 'annulee', 'sans_suite'])[1 + n / 3 % 5] end as s
  from generate_series(1, :rows) as n) as made
"""
REFERENCES = "insert into request_references (reference, request_id, created_at) select reference, id, created_at from contact_requests"

PAGES = {
    "liste des demandes ouvertes": "/agent/",
    "liste de toutes": "/agent/?status=toutes",
    "un statut": "/agent/?status=terminee",
    "en retard, par échéance": "/agent/?overdue=1&sort=due_at",
    "une offre": "/agent/?status=toutes&offre=aisne/separation",
    "un territoire": "/agent/?status=toutes&territoire=laon_hirson",
    "sans territoire": "/agent/?territoire=sans_territoire",
    "toutes, par nom": "/agent/?status=toutes&sort=nom",
    "recherche d'un nom": "/agent/?search=exemple42",
    "recherche d'une référence": "/agent/?search=RDV-0001-0001",
    "dernière page comptée": "/agent/?status=toutes&page=300",
    "une demande": "/agent/demandes/RDV-0001-0001",
}


def main() -> int:
    """Fill, measure, print. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--plans", action="store_true", help="print the plan of each slow query")
    parser.add_argument("--report", type=Path, help="file of the report, in French for the team")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        server.execute("create database bench")
        os.environ |= {"REPERE_DATABASE_URL": server.url("bench"), "REPERE_VAR": folder, "REPERE_LOG_LEVEL": "error"}
        seconds = fill(options.rows)
        measures = measure(options.plans)
        if options.report:
            options.report.write_text(report(options.rows, seconds, server_version(), measures), encoding="utf-8")
        return 1 if any(measure.worst > TARGET_MS for measure in measures) else 0


def fill(rows: int) -> float:
    """Make the tables and the requests; returns the seconds it took."""
    started = time.perf_counter()
    migrate()
    with session_scope() as session:
        session.execute(text(FILL), {"rows": rows})
        session.execute(text(REFERENCES))
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze"))
    print(f"{rows} requests in {time.perf_counter() - started:.0f} s", flush=True)
    return time.perf_counter() - started


def processor_seconds() -> float:
    """Processor time spent so far by this process and by the backends of PostgreSQL that serve it."""
    with engine().connect() as connection:
        backends = connection.execute(text("select pid from pg_stat_activity where datname = 'bench'")).scalars().all()
    spent = [psutil.Process(pid).cpu_times() for pid in backends]
    return time.process_time() + sum(times.user + times.system for times in spent)


def server_version() -> str:
    """Version of the PostgreSQL server."""
    with engine().connect() as connection:
        return str(connection.execute(text("show server_version")).scalar_one())


def report(rows: int, seconds: float, version: str, measures: list[Measure]) -> str:
    """The report, in French for the team."""
    count, names = f"{rows:,}".replace(",", " "), ("territoire", "aisne", "tout")
    late = sum(measure.worst > TARGET_MS for measure in measures)
    heavy = sum(measure.processor > TARGET_MS for measure in measures)
    lines = ["# Un million de demandes" if rows == 1_000_000 else f"# {count} demandes", ""]
    lines += [f"Le {clock.today().isoformat()}, {count} demandes fictives dans PostgreSQL {version}, remplies en {seconds:.0f} secondes."]
    lines += [f"{os.cpu_count()} processeurs partagés avec d'autres travaux : charge {os.getloadavg()[0]:.1f} à la fin de la mesure.", ""]
    lines += [f"Page entière, HTML rendu, {ROUNDS} appels, en millisecondes : médiane / 95e centile / temps de processeur moyen.", ""]
    lines += ["Le temps de processeur compte Repère et PostgreSQL : il ne dépend pas de la charge de la machine.", ""]
    lines += ["| page | agent d'un territoire | agent d'une Caf | administrateur |", "|---|---|---|---|"]
    for page in PAGES:
        own = {
            measure.login: f"{measure.median:.0f} / {measure.worst:.0f} / {measure.processor:.0f}"
            for measure in measures
            if measure.page == page
        }
        lines.append(f"| {page} | " + " | ".join(own[name] for name in names) + " |")
    lines += ["", f"But : moins de {TARGET_MS} ms au 95e centile. Mesures au-dessus : {late} sur {len(measures)}."]
    lines += [f"En temps de processeur, mesures au-dessus : {heavy} sur {len(measures)}."]
    lines += ["", "Chaque page lit un index dans l'ordre du tri. Les comptes s'arrêtent à 2 000, les pages à ce nombre."]
    lines += ["`python scripts/bench_requests.py --plans` imprime le plan de chaque requête d'une page trop lente."]
    return "\n".join(lines) + "\n"


def measure(plans: bool) -> list[Measure]:
    """Ask for each page, for an agent of one territory, of one Caf, and an administrateur who sees everything."""
    make_agent("territoire", scopes=("aisne:laon_hirson",))
    make_agent("aisne")
    make_agent("tout", "administrateur", ())
    measures = []
    for login in ("territoire", "aisne", "tout"):
        client = signed_in(login)
        for name, path in PAGES.items():
            times, before = [], processor_seconds()
            for _ in range(ROUNDS):
                started = time.perf_counter()
                answer = client.get(path)
                times.append((time.perf_counter() - started) * 1000)
            assert answer.status_code in (200, 404), answer.status_code
            worst = statistics.quantiles(times, n=20)[-1]
            spent = (processor_seconds() - before) * 1000 / ROUNDS
            measures.append(Measure(login, name, statistics.median(times), worst, spent))
            late = "  MISSED" if worst > TARGET_MS else ""
            print(f"{login:11} {name:22} median {statistics.median(times):6.1f} ms   95th {worst:6.1f} ms{late}", flush=True)
            if plans and worst > TARGET_MS:
                explain(client, path)
    return measures


def explain(client, path: str) -> None:  # type: ignore[no-untyped-def]
    """Print the plans of the queries of a page that take more than 10 ms."""
    seen: list[tuple[str, object]] = []
    bind = engine()

    def keep(_conn, _cursor, statement, parameters, *_rest):  # type: ignore[no-untyped-def]
        seen.append((statement, parameters))

    event.listen(bind, "before_cursor_execute", keep)
    client.get(path)
    event.remove(bind, "before_cursor_execute", keep)
    with contextlib.closing(bind.raw_connection()) as connection, connection.cursor() as cursor:
        for statement, parameters in seen:
            if statement.lstrip().upper().startswith("SELECT"):
                cursor.execute("explain (analyze, buffers) " + statement, parameters)
                plan = [row[0] for row in cursor.fetchall()]
                if float(plan[-1].split(":")[1].split()[0]) > 10:
                    print("\n".join(["", statement, *plan, ""]))


if __name__ == "__main__":
    sys.exit(main())
