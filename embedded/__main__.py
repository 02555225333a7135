"""python -m embedded start|stop|status|url|psql|reset|sample"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from typing import Any, NoReturn

from embedded import home, stack
from embedded.home import MisusedError, StackError


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One line, not the whole usage."""
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    signal.signal(signal.SIGTERM, _terminated)
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.run(arguments) or 0)
    except StackError as error:
        print(f"embedded: {error}", file=sys.stderr)
        return 2 if isinstance(error, MisusedError) else 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"embedded: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 1


def _terminated(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m embedded", description="The embedded Redshift and its S3.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    add("start", _start, "start what does not run yet")
    add("stop", _stop, "stop everything of this SPARKIFY_HOME")
    status = add("status", _status, "tell what runs, and where")
    status.add_argument("--json", action="store_true", help="as one JSON document")
    add("url", _url, "print a libpq URL to the warehouse: the plain PostgreSQL door")
    psql = add("psql", _psql, "a prompt that speaks Redshift; reads statements from a pipe too")
    psql.add_argument("-c", "--command", metavar="SQL", help="run this and leave")
    psql.add_argument("-d", "--database", default="dev", help="default: dev")
    add("reset", _reset, "empty the warehouse; the lake stays")
    _add_sample_options(add("sample", _sample, "write a sample lake"))
    return parser


def _add_sample_options(sample: argparse.ArgumentParser) -> None:
    sample.add_argument("--hours", type=int, default=48, help="how many hours (default: 48)")
    sample.add_argument("--end", metavar="ISO", help="until when, UTC (default: this hour)")
    sample.add_argument("--users", type=int, help="how many listeners (default: plays / 2)")
    sample.add_argument("--songs", type=int, default=500, help="songs in the song data")
    sample.add_argument("--plays-per-hour", type=int, default=850, help="on average")
    sample.add_argument("--seed", type=int, default=1, help="another one gives another sample")
    sample.add_argument(
        "--if-empty",
        action="store_true",
        help="do nothing when the lake is given or holds something",
    )
    sample.add_argument(
        "--live",
        action="store_true",
        help="a new object for each hour, when it is over; until Ctrl-C",
    )
    sample.add_argument(
        "--every",
        type=float,
        metavar="SECONDS",
        help="with --live: the hours of the last day, one after so many seconds",
    )


def _start(arguments: argparse.Namespace) -> None:
    stack.start()
    _print_status(stack.status())


def _stop(arguments: argparse.Namespace) -> None:
    count = stack.stop() if home.folder().exists() else 0
    print(f"stopped {count} server{'s' * (count > 1)}" if count else "nothing was running")


def _status(arguments: argparse.Namespace) -> None:
    found = stack.status()
    if arguments.json:
        print(json.dumps(found, indent=2))
    else:
        _print_status(found)


def _print_status(found: dict[str, Any]) -> None:
    postgres, s3 = found["postgres"], found["s3"]
    print(f"home      {found['home']}")
    print(f"lake      {found['lake']}")
    port = f"port {postgres['port']}" if postgres["running"] else "not running"
    print(f"postgres  {port}")
    print(f"s3        {s3['endpoint'] if s3['running'] else 'not running'}")
    if s3["running"]:
        print(f"buckets   {', '.join(s3['buckets'])}")


def _url(arguments: argparse.Namespace) -> None:
    from embedded import postgres

    stack.start_warehouse()
    print(postgres.url())


def _psql(arguments: argparse.Namespace) -> int:
    from embedded import prompt

    stack.start()
    return prompt.run(arguments.database, arguments.command)


def _reset(arguments: argparse.Namespace) -> None:
    stack.reset()
    print(f"emptied the warehouse; the lake {home.lake()} is as it was")


def _sample(arguments: argparse.Namespace) -> None:
    from embedded import sample

    wanted = sample.options(
        end=arguments.end,
        hours=arguments.hours,
        songs=arguments.songs,
        plays_per_hour=arguments.plays_per_hour,
        users=arguments.users,
        seed=arguments.seed,
    )
    if arguments.every is not None and not (arguments.live and arguments.every > 0):
        raise MisusedError("--every is for --live, and more than 0 seconds")
    started = time.monotonic()
    bucket = home.lake() / home.BUCKET
    if arguments.if_empty and (home.lake_is_given() or (bucket.is_dir() and any(bucket.iterdir()))):
        return
    if arguments.live:
        for hour, key in sample.live(wanted, bucket, arguments.every):
            print(f"{hour:%Y-%m-%d %H}:00 {key}", flush=True)
        return
    summary = sample.write_lake(wanted, bucket)
    for line in summary.lines():
        print(line)
    print(f"in {bucket}, {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
