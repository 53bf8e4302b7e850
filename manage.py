"""The command line: each command calls one function of the house."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from asking import answer, params_of, reader
from clock import make_clock
from data.loading import import_source, rebuild
from data.sample import SEED
from data.versions import all_versions, current, verify
from errors import BadInput, WarRoomError
from pages.panels.sight import lost_thresholds
from queries.engines.duckdb import build
from running import LARGEST_WHOLE, latest_event, make_large_sample, make_sample, run
from settings import HOUSE, settings
from state import verify_chain


def main(words: list[str] | None = None) -> int:
    """Runs one command; the exit status is 0 only if all went well."""
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments))
    except WarRoomError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="manage.py", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="serve the board and say where to look")
    run.set_defaults(run=_run)
    load = commands.add_parser("import", help="load a source and publish a version")
    load.add_argument("source", help="name of a ready source, or a folder with source.toml")
    load.add_argument("--from", dest="raw_dir", type=Path, help="folder of the raw files")
    load.add_argument("--allow-shrink", action="store_true", help="accept that rows went away")
    load.add_argument("--again", action="store_true", help="read what did not change, too")
    load.add_argument("--json", action="store_true")
    load.set_defaults(run=_import)
    sample = commands.add_parser("sample", help="make a company with planted truth and load it")
    sample.add_argument("--scale", type=float, default=1.0,
                        help="1: 60 shops, 30,000 order lines; above "
                        f"{LARGEST_WHOLE}: order lines with their costs only, up to 100 million "
                        "(3334)")  # fmt: skip
    sample.add_argument("--seed", type=int, default=SEED)
    sample.set_defaults(run=_sample)
    versions = commands.add_parser("versions", help="list what is kept")
    versions.add_argument("--json", action="store_true")
    versions.set_defaults(run=_versions)
    check = commands.add_parser("check", help="compare the current version with its checksums")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)
    build = commands.add_parser("build", help="publish the current version with marts built anew")
    build.set_defaults(run=_build)
    query = commands.add_parser("query", help="the rows of a view in queries/screens")
    query.add_argument("view", metavar="VIEW")
    query.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="given",
                       help="a parameter of the view; the clock's are those of now")  # fmt: skip
    query.add_argument("--unit", help="the org unit to look at; without it the whole company")
    query.add_argument("--as-of", metavar="INSTANT", help="as it was known at a past moment")
    query.add_argument("--format", choices=("json", "csv"), default="json")
    query.set_defaults(run=_query)
    return parser


def _run(_: argparse.Namespace) -> int:
    return run(settings(), _progress)


def _import(arguments: argparse.Namespace) -> int:
    chosen = settings()
    ready = HOUSE / "data" / "sources" / arguments.source
    folder = ready if ready.is_dir() else Path(arguments.source)
    now = make_clock(chosen.now, chosen.now_started)()
    report = import_source(
        folder,
        chosen,
        raw_dir=arguments.raw_dir,
        now=now,
        not_after=latest_event(now),
        progress=_progress,
        allow_shrink=arguments.allow_shrink,
        again=arguments.again,
        build=build,
    )
    print(json.dumps(report.as_dict()) if arguments.json else report.text())
    for each in lost_thresholds(reader(None, None)):
        _progress(
            f"The threshold of {each.key} in unit {each.unit_id} ({each.reason}, "
            f"{each.decided_by}) holds nowhere: there is no such unit. Set it where it belongs."
        )
    return 0 if report.is_clean else 1


def _sample(arguments: argparse.Namespace) -> int:
    """Status 0 when just the planted dirty rows are in quarantine."""
    if arguments.scale > LARGEST_WHOLE:
        print(make_large_sample(settings(), _progress, arguments.seed, arguments.scale).id)
        return 0
    made, report = make_sample(settings(), _progress, arguments.seed, arguments.scale)
    print(report.text())
    print(f"Planted for the quarantine: {made.quarantined}; all planted truth: {made.truth}")
    found = {name: counts.rows_quarantined for name, counts in report.extracts.items()}
    return (
        0 if {name: number for name, number in found.items() if number} == made.quarantined else 1
    )


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _versions(arguments: argparse.Namespace) -> int:
    kept = all_versions(settings().data)
    if arguments.json:
        print(json.dumps([version.manifest for version in kept]))
        return 0
    for version in kept:
        print(version.id, ", ".join(version.manifest["sources"]))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    version = current(settings().data)
    if version is None:
        raise BadInput("There is no data yet.", "Run manage.py import SOURCE --from DIR.")
    problems = [*verify(version, afresh=True), *verify_chain()]
    intact = f"{version.id} is as it was published, every decision as it was made"
    if arguments.json:
        print(json.dumps({"version": version.id, "problems": problems}))
    else:
        print("\n".join(problems) or intact)
    return 1 if problems else 0


def _build(_: argparse.Namespace) -> int:
    chosen = settings()
    now = make_clock(chosen.now, chosen.now_started)()
    print(rebuild(chosen, now=now, build=build).id)
    return 0


def _query(arguments: argparse.Namespace) -> int:
    scope = reader(arguments.unit, arguments.as_of)
    for piece in answer(arguments.view, scope, params_of(arguments.given), arguments.format):
        sys.stdout.write(piece)
    return 0


if __name__ == "__main__":
    sys.exit(main())
