"""`yidang decide`: whether two records are one person, said by people."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ingestion.settings import load_settings
from orchestration.cli.options import config_option

if TYPE_CHECKING:
    from orchestration.review.decide import Verdict

SHOWN = 20


@click.command("decide")
@config_option
@click.argument("review_id", required=False)
@click.argument("verdict", required=False, type=click.Choice(["same", "different", "later"]))
@click.option("--why", default="", help="What was seen, in words, without any number; kept for ever.")
@click.option("--by", default=getpass.getuser, help="Who decides; default: the user of this system.")
def command(config: Path, review_id: str | None, verdict: "Verdict | None", why: str, by: str) -> None:
    """Say that the two records of REVIEW_ID are the same person, or different ones; without a pair, list those that wait."""
    from orchestration.review.decide import decide  # noqa: PLC0415 - Polars only when needed

    home = load_settings(config).warehouse.home
    if review_id is None:
        _list(home)
        return
    if verdict is None or not why.strip():
        raise click.UsageError('give REVIEW_ID, same | different | later, and --why "…": who decides about people says why')
    decide(home, review_id, (verdict, by, why))
    click.echo("kept; the next `yidang run` takes it and is bound by it")


def _list(home: Path) -> None:
    """The pairs that wait, masked."""
    from orchestration.review.answers import waiting_subjects  # noqa: PLC0415 - Polars only when needed
    from orchestration.review.decide import open_pairs  # noqa: PLC0415

    pairs, answered = open_pairs(home), waiting_subjects(home, "decision")
    for pair in pairs.head(SHOWN).iter_rows(named=True):
        sides = " / ".join(
            f"{pair[f'{side}_name_masked'] or '（无姓名）'} {pair[f'{side}_system']} {pair[f'{side}_entity']}"
            for side in ("left", "right")
        )
        click.echo(f"{pair['review_id']}  {sides}  {pair['reasons']}{'  (answered)' if pair['review_id'] in answered else ''}")
    click.echo(f"{pairs.height} open" + (f", the first {SHOWN} shown" if pairs.height > SHOWN else ""))
