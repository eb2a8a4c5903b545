"""Command line: `python -m outside serve --port 8001`."""

import argparse
import os
import sys

from outside.binding import ExposureRefused, allowed_hosts, check_binding


def main(arguments: list[str]) -> int:
    """Run one verb: `serve`, or `manage` followed by any Django command."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "outside.settings"
    if arguments[:1] == ["manage"]:
        from django.core.management import execute_from_command_line

        execute_from_command_line(["outside", *arguments[1:]])
        return 0
    return _serve(_parser().parse_args(arguments))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="outside", description="Simulated outside world.")
    serve = parser.add_subparsers(dest="verb", required=True).add_parser("serve")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8001)
    serve.add_argument("--threads", type=int, default=8)
    serve.add_argument(
        "--allow-remote",
        action="store_true",
        help="listen on an address other than loopback; everyone who reaches it reads every code",
    )
    return parser


def _serve(options: argparse.Namespace) -> int:
    try:
        check_binding(options.host, allow_remote=options.allow_remote)
    except ExposureRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    os.environ.setdefault("OUTSIDE_ALLOWED_HOSTS", ",".join(allowed_hosts(options.host)))

    # Imported here because both need the environment set above.
    from outside.server import prepare_database, run

    prepare_database()
    run(host=options.host, port=options.port, threads=options.threads)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
