"""Every damage to a published version is found and named."""

import duckdb
import polars as pl

from orchestration.publish.publish import publish
from orchestration.publish.verify import verify_published


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 1
    path.write_bytes(data)


def test_nothing_published_is_no_problem(tmp_path):
    assert verify_published(tmp_path) == []


def test_one_flipped_bit_is_found(request_of):
    version, home = publish(request_of()), request_of().home
    for name in ("tables/resident.parquet", "tables/change.parquet", "serving.duckdb"):
        for at in (0, 77, 1009, -1):
            flip(version.folder / name, at)
            problems = verify_published(home)
            assert f"published/{version.version}/{name}: its SHA-256 is not that of the manifest" in problems[0]
            flip(version.folder / name, at)
    assert verify_published(home) == []


def test_missing_short_and_foreign_files_are_named(request_of):
    version = publish(request_of())
    tables = version.folder / "tables"
    (tables / "alarm.parquet").unlink()
    (tables / "task.parquet").write_bytes(b"short")
    pl.DataFrame({"a": [1]}).write_parquet(tables / "foreign.parquet")
    told = "\n".join(verify_published(request_of().home))
    assert "tables/alarm.parquet: missing" in told
    assert "tables/task.parquet: 5 bytes, but" in told
    assert "tables/foreign.parquet: the manifest does not know it" in told


def test_serving_is_compared_row_by_row_count(request_of):
    version = publish(request_of())
    serving = version.folder / "serving.duckdb"
    with duckdb.connect(str(serving)) as connection:
        connection.execute("delete from resident where resident_id = 'R1-0'; drop table alarm")
    told = "\n".join(verify_published(request_of().home))
    assert "serving.duckdb: table resident has 79 rows, but the manifest says 80" in told
    assert "serving.duckdb: table alarm is missing" in told


def test_a_damaged_manifest_is_a_problem_not_a_crash(request_of):
    path = publish(request_of()).folder / "manifest.json"
    for text in ("", "{", '{"tables": 1}', "{}", "[]"):
        path.write_text(text, encoding="utf-8")
        (problem,) = verify_published(request_of().home)
        assert "manifest.json" in problem
    path.unlink()
    (problem,) = verify_published(request_of().home)
    assert "manifest.json is missing" in problem


def test_a_lost_pointer_is_named(request_of):
    publish(request_of())
    home = request_of().home
    (home / "published" / "CURRENT").unlink()
    assert verify_published(home) == ["published/CURRENT is missing though there are versions: write the newest name into it"]
