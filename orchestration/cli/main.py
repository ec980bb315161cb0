"""The yidang command. Each word stands in its own file and is loaded only when it is called."""

import importlib
import sys

import click

WORDS = {
    "demo": "a synthetic street, from five source systems to dashboards",
    "run": "pull what is new, clean, unify, check, publish",
    "listen": "keep the device platform's live feed until the next run",
    "serve": "the dashboards on the current version",
    "dagster": "Dagster's own user interface",
    "status": "versions, sources, last batches, quarantine, open checks",
    "verify": "re-read the current version, every landed batch and the audit log against their digests",
    "explain": "why these source records are one person",
    "docs": "the data dictionary and dbt's pages as files that open without a network",
    "erase": "one person out of every layer and version, with the proof",
    "retain": "what is past its time of keeping, told or removed",
    "slip": "what each department is asked to mend this week, as Excel",
    "quarantine": "refused rows by rule, and their replay after a rule was mended",
    "worklist": "open tasks as a workbook to fill in on the spot",
    "report": "the monthly indicators or a ledger in official layout, as workbook or PDF",
    "package": "data returned to a street or committee: made, sealed, opened, answered",
    "exchange": "figures and events to the level above; its receipts and orders back",
    "hand-in": "a workbook that came back filled in, kept for the next run",
    "receipt": "what became of every row of the workbooks that came back",
    "decide": "whether two records are one person, said by people",
}


class LazyGroup(click.Group):
    """Loads the file of a word when it is called, so that every word starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All words, in the order of a day's work."""
        del ctx
        return list(WORDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a word, or nothing."""
        del ctx
        if cmd_name not in WORDS:
            return None
        command: click.Command = importlib.import_module(f"orchestration.cli.{cmd_name.replace('-', '_')}_command").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the words without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(WORDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Yidang 一档: one person, one record; one dwelling, one record."""


def main() -> None:
    """Run the command; a mistake of the user or of a file is one line, never a traceback."""
    from orchestration.cli.errors import told_errors  # noqa: PLC0415 - keeps `yidang --help` fast

    with told_errors():
        sys.exit(cli(standalone_mode=True))


if __name__ == "__main__":
    main()
