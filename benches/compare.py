#!/usr/bin/env python3
"""How fast is the audit, next to tools that people know?

    pip install pyarrow duckdb polars
    python benches/compare.py FOLDER [--svetofor BINARY] [--repeat 5] [--threads 2]

FOLDER holds a history with `events.parquet` and `stages.csv`, for example one of
`svetofor sandbox history --deals 500000 --format parquet --out FOLDER`.

Measured, each in a fresh process with the same number of threads, in turns:

- pyarrow   reads the columns that an audit uses, texts as dictionaries, and does nothing with
            them: the floor for anything that starts from this file;
- svetofor  `audit FOLDER --strict --regulation six-rules.toml`: six rules on working time, with national
            holidays, responsibles, evidence and messages, written out as JSON lines;
- DuckDB    the same six questions in SQL, and
- Polars    as lazy expressions.

What DuckDB and Polars are asked is SIMPLER than the rules, in their favour:

1. Calendar time instead of working time: every limit runs round the clock. So the findings are
   more, and no calendar has to be looked at. The numbers tell an order of magnitude, no more.
2. Only counts come out: not whom a finding is held against, nor stage, price, evidence or text.
3. No deals without `created`, no second `created`, no events after `removed`, no task events
   for tasks that are not open; order within a deal is by `at`, then by place in the file.
4. first-response: the first contact attempt of the deal's whole life cures, a closing too.
5. overdue-task: a deal counts as lost from its last move on, where that led to a lost stage;
   what happened before a reopening is left out.
6. no-open-task: tasks are counted, not told apart.
7. unlogged-call: of two events at one instant the one later in the file counts as later.
8. lost-without-attempts: attempts and conversations of the whole life count, not only those
   since the last opening.

DuckDB and Polars answer each question by itself from one table in memory, which they load, sort
or not as is best for them, within the time measured. Both must find the same, or the script says so.

Seconds are those of the work: for Python without the start of the interpreter and its imports,
for svetofor of the whole process. Processor seconds (the best run's, of all threads) and the peak of
memory are those of the whole process; the former tell more where a machine is busy with other
things. The file is read once before, so that all find it in the system's cache.
"""

import argparse
import csv
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RULES = [
    "first-response",
    "stuck-in-stage",
    "overdue-task",
    "no-open-task",
    "unlogged-call",
    "lost-without-attempts",
]
TEXTS = ["deal", "kind", "actor", "stage", "employee", "task", "text", "field", "channel"]
COLUMNS = ["at", "due", "amount", *TEXTS]
MINUTE = 60_000
DAY = 24 * 60 * MINUTE
STOP_LIST = [
    "ок", "окей", "ok", "done", "готово", "сделано", "выполнено", "нет", "да", "не знаю",
    "test", "тест", "asdf", "xxx",
]  # fmt: skip


def stage_kinds(folder: Path) -> dict[str, str]:
    """Stage id → open, won or lost."""
    with open(folder / "stages.csv", encoding="utf-8-sig", newline="") as file:
        return {row["stage"]: row["kind"] for row in csv.DictReader(file)}


# ---------------------------------------------------------------- pyarrow


def run_pyarrow(folder: Path, threads: int) -> dict[str, int]:
    import pyarrow
    import pyarrow.parquet

    pyarrow.set_cpu_count(threads)
    pyarrow.set_io_thread_count(threads)
    start = time.perf_counter()
    table = pyarrow.parquet.read_table(
        folder / "events.parquet", columns=COLUMNS, read_dictionary=TEXTS
    )
    return report(start, {}, events=table.num_rows)


# ---------------------------------------------------------------- DuckDB

# `n` is the place in the file, `t` the instant, `standing` what the deal's stage means where the
# event moves it (`gone` for a deletion). Kinds are an enumeration and ids are hashed to 64 bits,
# because numbers sort faster than texts.
LOAD = """
CREATE TEMP TABLE e AS
SELECT file_row_number AS n,
       hash(deal) AS deal,
       epoch_ms("at") AS t,
       CAST(kind AS kinds) AS kind,
       stage,
       hash(task) AS task,
       epoch_ms(due) AS due,
       text,
       amount,
       CASE WHEN kind = 'removed' THEN 'gone'
            WHEN kind IN ('created', 'stage_changed') THEN coalesce(s.means, 'open') END AS standing,
       kind IN ('call_out', 'message_out', 'meeting')
           OR (kind = 'call_in' AND amount > 0) AS attempt
FROM read_parquet($events, file_row_number = true)
LEFT JOIN stages s USING (stage)
WHERE deal IS NOT NULL
"""

JUNK = """
CREATE TEMP TABLE said AS
WITH texts AS (
    SELECT DISTINCT text FROM e WHERE kind IN ('note_added', 'task_completed') AND text IS NOT NULL
), facts AS (
    SELECT text,
           regexp_replace(lower(text), '[^\\p{L}]', '', 'g') AS letters,
           trim(regexp_replace(lower(text), '[^\\p{L}\\p{N}\\s]', '', 'g')) AS plain
    FROM texts
)
SELECT text FROM facts
WHERE length(letters) >= 5
  AND replace(letters, left(letters, 1), '') <> ''
  AND NOT list_contains($stop, plain)
"""

QUESTIONS = {
    "first-response": """
        WITH came AS (SELECT deal, t FROM e WHERE kind = 'created' AND standing = 'open'),
             answered AS (
                SELECT deal, min(t) AS t FROM e
                WHERE attempt OR standing IN ('won', 'lost', 'gone') AND kind <> 'created'
                GROUP BY deal)
        SELECT count(*) FROM came LEFT JOIN answered USING (deal)
        WHERE came.t + 15 * $minute <= $now
          AND (answered.t IS NULL OR answered.t > came.t + 15 * $minute)
    """,
    "stuck-in-stage": """
        WITH moves AS (
            SELECT deal, t, n, standing, stage,
                   lag(stage) OVER (PARTITION BY deal ORDER BY t, n) AS before
            FROM e WHERE standing IS NOT NULL),
        stays AS (
            SELECT standing, t, lead(t) OVER (PARTITION BY deal ORDER BY t, n) AS leaves
            FROM moves WHERE stage IS DISTINCT FROM before OR standing = 'gone')
        SELECT count(*) FROM stays
        WHERE standing = 'open' AND t + 7 * $day <= $now
          AND (leaves IS NULL OR leaves > t + 7 * $day)
    """,
    "overdue-task": """
        WITH tasks AS (
            SELECT deal, kind, greatest(t, due) + 15 * $minute AS breach,
                   lead(t) OVER (PARTITION BY task ORDER BY t, n) AS cure
            FROM e WHERE kind IN ('task_added', 'task_moved', 'task_completed', 'task_removed')),
        ends AS (
            SELECT deal, max(t) AS t, arg_max(standing, (t, n)) AS standing
            FROM e WHERE standing IS NOT NULL GROUP BY deal)
        SELECT count(*) FROM tasks JOIN ends USING (deal)
        WHERE kind IN ('task_added', 'task_moved') AND breach <= $now
          AND (cure IS NULL OR cure > breach)
          AND NOT (ends.standing IN ('lost', 'gone') AND ends.t <= breach)
    """,
    "no-open-task": """
        WITH steps AS (
            SELECT t, kind, standing,
                   sum(CASE kind WHEN 'task_added' THEN 1 WHEN 'task_completed' THEN -1
                            WHEN 'task_removed' THEN -1 ELSE 0 END) OVER upto AS tasks,
                   last_value(standing IGNORE NULLS) OVER upto AS now_standing,
                   lag(standing IGNORE NULLS) OVER whole AS was_standing,
                   lead(CASE WHEN kind = 'task_added' OR standing IN ('won', 'lost', 'gone')
                             THEN t END IGNORE NULLS) OVER whole AS cure
            FROM e
            WHERE kind IN ('task_added', 'task_completed', 'task_removed') OR standing IS NOT NULL
            WINDOW whole AS (PARTITION BY deal ORDER BY t, n),
                   upto AS (PARTITION BY deal ORDER BY t, n
                            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))
        SELECT count(*) FROM steps
        WHERE now_standing = 'open' AND tasks = 0
          AND (kind IN ('created', 'task_completed', 'task_removed')
               OR kind = 'stage_changed' AND was_standing IN ('won', 'lost'))
          AND t + 15 * $minute <= $now AND (cure IS NULL OR cure > t + 15 * $minute)
    """,
    "unlogged-call": """
        WITH steps AS (
            SELECT t, kind,
                   lead(CASE WHEN kind IN ('note_added', 'task_completed') THEN t END IGNORE NULLS)
                       OVER (PARTITION BY deal ORDER BY t, n) AS cure
            FROM e
            WHERE kind IN ('call_in', 'call_out') AND amount >= 30
               OR kind IN ('note_added', 'task_completed') AND text IN (SELECT text FROM said))
        SELECT count(*) FROM steps
        WHERE kind IN ('call_in', 'call_out')
          AND t + 120 * $minute <= $now AND (cure IS NULL OR cure > t + 120 * $minute)
    """,
    "lost-without-attempts": """
        WITH steps AS (
            SELECT standing, kind,
                   lag(standing IGNORE NULLS) OVER whole AS was_standing,
                   count(*) FILTER (attempt) OVER whole AS attempts,
                   count(*) FILTER (kind IN ('call_in', 'call_out') AND amount >= 30) OVER whole AS talks
            FROM e WHERE attempt OR standing IS NOT NULL
            WINDOW whole AS (PARTITION BY deal ORDER BY t, n
                             ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))
        SELECT count(*) FROM steps
        WHERE kind = 'stage_changed' AND standing = 'lost' AND was_standing = 'open'
          AND attempts < 3 AND talks = 0
    """,
}

KINDS = """
created stage_changed responsible_changed renamed price_set field_set loss_reason_set task_added
task_moved task_completed task_removed call_in call_out message_in message_out note_added meeting
payment client_left removed
""".split()


def run_duckdb(folder: Path, threads: int) -> dict[str, int]:
    import duckdb

    start = time.perf_counter()
    db = duckdb.connect()
    db.execute(f"SET threads = {threads}")
    db.execute("SET preserve_insertion_order = false")
    db.execute("CREATE TYPE kinds AS ENUM (" + ", ".join(f"'{k}'" for k in KINDS) + ")")
    db.execute("CREATE TEMP TABLE stages (stage VARCHAR, means VARCHAR)")
    db.executemany("INSERT INTO stages VALUES (?, ?)", list(stage_kinds(folder).items()))
    db.execute(LOAD, {"events": str(folder / "events.parquet")})
    db.execute(JUNK, {"stop": STOP_LIST})
    now = db.execute("SELECT max(t) FROM e").fetchone()[0]
    known = {"minute": MINUTE, "day": DAY, "now": now}
    findings = {}
    for rule in RULES:
        query = QUESTIONS[rule]
        used = {name: value for name, value in known.items() if "$" + name in query}
        findings[rule] = db.execute(query, used).fetchone()[0]
    return report(start, findings)


# ---------------------------------------------------------------- Polars


def run_polars(folder: Path, threads: int) -> dict[str, int]:
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    start = time.perf_counter()
    events = polars_events(folder)
    now = events["t"].max()
    texts = polars_texts(events)
    questions = polars_questions(events.lazy(), texts.lazy(), now)
    findings = {rule: questions[rule].select(pl.len()).collect().item() for rule in RULES}
    return report(start, findings)


def polars_events(folder: Path):
    """Everything that is asked of, in order of deal and time; `d` is the deal as a number."""
    import polars as pl

    means = stage_kinds(folder)
    kind = pl.col("kind").cast(pl.Enum(KINDS))
    moves = kind.is_in(["created", "stage_changed"])
    standing = (
        pl.when(kind == "removed")
        .then(pl.lit("gone"))
        .when(moves)
        .then(pl.col("stage").replace_strict(means, default="open", return_dtype=pl.String))
        .cast(pl.Enum(["open", "won", "lost", "gone"]))
    )
    attempt = kind.is_in(["call_out", "message_out", "meeting"]) | (
        (kind == "call_in") & (pl.col("amount") > 0)
    )
    return (
        pl.scan_parquet(folder / "events.parquet", row_index_name="n")
        .filter(pl.col("deal").is_not_null())
        .select(
            "n",
            pl.col("deal").cast(pl.Categorical).to_physical().alias("d"),
            pl.col("at").dt.timestamp("ms").alias("t"),
            kind.alias("kind"),
            pl.col("stage").cast(pl.Categorical),
            pl.col("task").cast(pl.Categorical).to_physical().alias("task"),
            pl.col("due").dt.timestamp("ms").alias("due"),
            pl.col("text").cast(pl.Categorical),
            "amount",
            standing.alias("standing"),
            attempt.fill_null(False).alias("attempt"),
        )
        .sort("d", "t", "n")
        .collect()
    )


def polars_texts(events):
    """The notes and results that say something."""
    import polars as pl

    letters = pl.col("text").str.to_lowercase().str.replace_all(r"[^\p{L}]", "")
    plain = pl.col("text").str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}\s]", "")
    first = letters.str.slice(0, 1)
    return (
        events.lazy()
        .filter(pl.col("kind").is_in(["note_added", "task_completed"]))
        .select(pl.col("text").unique())
        .with_columns(word=pl.col("text"))
        .with_columns(pl.col("text").cast(pl.String))
        .filter(
            (letters.str.len_chars() >= 5)
            & (letters.str.strip_chars(first) != "")
            & ~plain.str.strip_chars().is_in(STOP_LIST)
        )
        .select(pl.col("word").alias("text"))
        .collect()
    )


def polars_questions(e, texts, now: int) -> dict:
    import polars as pl

    t, kind, standing = pl.col("t"), pl.col("kind"), pl.col("standing")
    closed = standing.is_in(["won", "lost", "gone"]).fill_null(False)
    is_call = kind.is_in(["call_in", "call_out"])
    is_text = kind.is_in(["note_added", "task_completed"])

    def uncured(breach, cure):
        return (breach <= now) & (cure.is_null() | (cure > breach))

    def next_where(condition):
        """The instant of the deal's next event of which the condition holds."""
        own = pl.when(condition).then(t)
        return own.shift(-1).backward_fill().over("d")

    answered = (
        e.filter(pl.col("attempt") | (closed & (kind != "created")))
        .group_by("d")
        .agg(t.min().alias("answered"))
    )
    ends = (
        e.filter(standing.is_not_null())
        .group_by("d")
        .agg(t.last().alias("end"), standing.last().alias("ended"))
    )
    moves = e.filter(standing.is_not_null())
    change = (
        pl.when(kind == "task_added")
        .then(1)
        .when(kind.is_in(["task_completed", "task_removed"]))
        .then(-1)
        .otherwise(0)
    )
    told = e.join(texts, on="text", how="semi").filter(is_text)
    talk = is_call & (pl.col("amount") >= 30)
    return {
        "first-response": e.filter((kind == "created") & (standing == "open"))
        .join(answered, on="d", how="left")
        .filter(uncured(t + 15 * MINUTE, pl.col("answered"))),
        "stuck-in-stage": moves.filter(
            pl.col("stage").ne_missing(pl.col("stage").shift(1).over("d")) | (standing == "gone")
        )
        .with_columns(leaves=t.shift(-1).over("d"))
        .filter((standing == "open") & uncured(t + 7 * DAY, pl.col("leaves"))),
        "overdue-task": e.filter(
            pl.col("task").is_not_null() & kind.cast(pl.String).str.starts_with("task_")
        )
        .with_columns(
            cure=t.shift(-1).over("task"), breach=pl.max_horizontal("t", "due") + 15 * MINUTE
        )
        .filter(
            kind.is_in(["task_added", "task_moved"]) & uncured(pl.col("breach"), pl.col("cure"))
        )
        .join(ends, on="d")
        .filter(~(pl.col("ended").is_in(["lost", "gone"]) & (pl.col("end") <= pl.col("breach")))),
        "no-open-task": e.filter(
            kind.is_in(["task_added", "task_completed", "task_removed"]) | standing.is_not_null()
        )
        .with_columns(
            tasks=change.cum_sum().over("d"),
            stands=standing.forward_fill().over("d"),
            stood=standing.forward_fill().shift(1).over("d"),
            cure=next_where((kind == "task_added") | closed),
        )
        .filter(
            (pl.col("stands") == "open")
            & (pl.col("tasks") == 0)
            & (
                kind.is_in(["created", "task_completed", "task_removed"])
                | ((kind == "stage_changed") & pl.col("stood").is_in(["won", "lost"]))
            )
            & uncured(t + 15 * MINUTE, pl.col("cure"))
        ),
        "unlogged-call": pl.concat([e.filter(talk), told])
        .sort("d", "t", "n")
        .with_columns(cure=next_where(is_text))
        .filter(is_call & uncured(t + 120 * MINUTE, pl.col("cure"))),
        "lost-without-attempts": e.filter(pl.col("attempt") | standing.is_not_null())
        .with_columns(
            stood=standing.forward_fill().shift(1).over("d"),
            attempts=pl.col("attempt").cast(pl.Int32).cum_sum().over("d"),
            talks=talk.fill_null(False).cast(pl.Int32).cum_sum().over("d"),
        )
        .filter(
            (kind == "stage_changed")
            & (standing == "lost")
            & (pl.col("stood") == "open")
            & (pl.col("attempts") < 3)
            & (pl.col("talks") == 0)
        ),
    }


# ---------------------------------------------------------------- measuring

WORKERS = {"pyarrow": run_pyarrow, "duckdb": run_duckdb, "polars": run_polars}


def report(start: float, findings: dict[str, int], **more: int) -> dict:
    return {"seconds": time.perf_counter() - start, "findings": findings, **more}


def measure(command: list[str], threads: int, out: str) -> dict:
    """Runs a command: its seconds, its processors' seconds, and its peak memory in MB."""
    names = ("RAYON_NUM_THREADS", "POLARS_MAX_THREADS", "OMP_NUM_THREADS")
    limits = dict.fromkeys(names, str(threads))
    with open(out, "w", encoding="utf-8") as file:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=file, env={**os.environ, **limits})
        # Popen.wait() does not tell the memory used.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    unit = 1 if platform.system() == "Darwin" else 1024
    return {
        "seconds": seconds,
        "processor": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss * unit / 1e6,
    }


def measure_worker(name: str, options) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.json")
        command = [sys.executable, __file__, str(options.folder), "--worker", name]
        command += ["--threads", str(options.threads)]
        measured = measure(command, options.threads, out)
        told = json.loads(Path(out).read_text(encoding="utf-8"))
    return {**measured, **told}


def audit(options, out: str) -> list[str]:
    """The command; strict, so that an audit that could not read everything is not taken for a fast one."""
    regulation = Path(__file__).with_name("six-rules.toml")
    command = [str(options.svetofor.resolve()), "audit", str(options.folder), "--strict"]
    return [*command, "--regulation", str(regulation), "--format", "jsonl", "--out", out]


def measure_svetofor(options) -> dict:
    measured = measure(audit(options, os.devnull), options.threads, os.devnull)
    return {**measured, "findings": {}}


def count_findings(options) -> dict[str, int]:
    """One more audit, not measured, whose findings are counted."""
    counts = dict.fromkeys(RULES, 0)
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "findings.jsonl")
        measure(audit(options, out), options.threads, os.devnull)
        with open(out, encoding="utf-8") as file:
            for line in file:
                rule = json.loads(line).get("rule")
                if rule in counts:
                    counts[rule] += 1
    return counts


def choose_tools(options) -> list[str]:
    tools = []
    for name in WORKERS:
        if importlib.util.find_spec(name) is None:
            print(f"{name} is not installed and is left out: pip install {name}", file=sys.stderr)
        else:
            tools.append(name)
    if options.svetofor is None:
        print("svetofor is left out: no --svetofor BINARY was given", file=sys.stderr)
    elif not os.access(options.svetofor, os.X_OK):
        print(f"svetofor is left out: {options.svetofor} cannot be run", file=sys.stderr)
    else:
        tools.insert(1 if "pyarrow" in tools else 0, "svetofor")
    return tools


def compare(options) -> None:
    tools = choose_tools(options)
    if not tools:
        sys.exit("there is nothing to measure")
    with open(options.folder / "events.parquet", "rb") as file:
        while file.read(1 << 24):
            pass
    runs: dict[str, list[dict]] = {name: [] for name in tools}
    for turn in range(options.repeat):
        for name in list(tools):
            try:
                if name == "svetofor":
                    runs[name].append(measure_svetofor(options))
                else:
                    runs[name].append(measure_worker(name, options))
            except (RuntimeError, OSError) as error:
                print(f"{name} is left out: {error}", file=sys.stderr)
                tools.remove(name)
            else:
                print(f"{turn + 1}: {name} {runs[name][-1]['seconds']:.2f} s", file=sys.stderr)
    findings = {name: runs[name][-1]["findings"] for name in tools}
    if "svetofor" in tools:
        findings["svetofor"] = count_findings(options)
    show(options, {name: runs[name] for name in tools}, findings)


def show(options, runs: dict[str, list[dict]], findings: dict[str, dict[str, int]]) -> None:
    megabytes = (options.folder / "events.parquet").stat().st_size / 1e6
    events = next((run["events"] for all in runs.values() for run in all if "events" in run), None)
    many = f"{events:,} events, ".replace(",", " ") if events else ""
    print(f"\n{many}{megabytes:.0f} MB, {options.threads} threads, {options.repeat} runs each\n")
    print("| tool | best, s | median, s | × pyarrow | processor, s | peak memory, MB | findings |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    floor = min((run["seconds"] for run in runs.get("pyarrow", [])), default=None)
    for name, all in runs.items():
        best = min(run["seconds"] for run in all)
        median = statistics.median(run["seconds"] for run in all)
        ratio = f"{best / floor:.1f}" if floor else "—"
        processor = min(run["processor"] for run in all)
        memory = max(run["memory"] for run in all)
        total = sum(findings[name].values()) or "—"
        print(
            f"| {name} | {best:.2f} | {median:.2f} | {ratio} | {processor:.2f} | {memory:.0f} | {total} |"
        )
    judges = [name for name in runs if findings[name]]
    if judges:
        print("\n| rule | " + " | ".join(judges) + " |")
        print("| --- |" + " ---: |" * len(judges))
        for rule in RULES:
            print(f"| {rule} | " + " | ".join(str(findings[name][rule]) for name in judges) + " |")
    if {"duckdb", "polars"} <= set(judges) and findings["duckdb"] != findings["polars"]:
        print("\nDuckDB and Polars do not agree: one of the questions is put wrongly.")
        sys.exit(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a history with events.parquet and stages.csv")
    parser.add_argument("--svetofor", type=Path, help="the program to measure")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each (default: 5)")
    parser.add_argument("--threads", type=int, default=2, help="threads of each (default: 2)")
    parser.add_argument("--worker", choices=WORKERS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    for name in ("events.parquet", "stages.csv"):
        if not (options.folder / name).is_file():
            parser.error(f"{options.folder} has no {name}")
    if options.repeat < 1:
        parser.error("--repeat must be at least 1")
    if options.worker:
        print(json.dumps(WORKERS[options.worker](options.folder, options.threads)))
    else:
        compare(options)


if __name__ == "__main__":
    main()
