"""One line that says what dbt refused, for a person who has to mend it."""

from dagster_dbt import DbtCliInvocation

FAILED = {"error", "fail", "runtime error"}


def dbt_failure(invocation: DbtCliInvocation) -> str:
    """The names of the failed models and tests with the first words of their messages; at most three are told in full."""
    try:
        results = invocation.get_artifact("run_results.json")["results"]
    except (FileNotFoundError, KeyError):
        return "dbt stopped before it ran a model; read its log in build/dbt/dbt.log"
    failed = [r for r in results if r["status"] in FAILED]
    told = "; ".join(f"{r['unique_id'].split('.', 2)[-1]}: {' '.join(str(r['message']).split())[:160]}" for r in failed[:3])
    return f"{len(failed)} dbt nodes failed ({told}); the compiled SQL is in build/dbt/compiled"
