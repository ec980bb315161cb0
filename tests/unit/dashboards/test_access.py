"""Signing in: passwords, lock-out, sessions on the server, and the chain of the audit log."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.access.account import load_accounts, password_matches
from dashboards.access.audit import AuditLog
from dashboards.access.lockout import Lockout
from dashboards.access.policy import load_policy
from dashboards.access.registry import SessionRegistry
from dashboards.access.sign_in import UNKNOWN_USER, admit, attempt
from dashboards.access.ways import Ways, is_demo_seat, load_ways, proxy_user
from tests.published_street import PASSWORD, write_accounts

POLICY = load_policy()
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_accounts(tmp_path)
    return tmp_path


def log_lines(home: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in AuditLog(home).path.read_text(encoding="utf-8").splitlines()]


def test_right_password_opens_and_is_written_down(home: Path) -> None:
    result = attempt(home, POLICY, (" leader ", PASSWORD), NOON, address="10.0.0.9")
    assert result.account is not None
    assert result.account.person().role == "street_leader"
    assert [(line["user"], line["outcome"], line["detail"]) for line in log_lines(home)] == [("leader", "opened", "10.0.0.9")]


@pytest.mark.parametrize(("user", "password"), [("leader", "wrong"), ("leader", ""), ("nobody", PASSWORD), ("", "")])
def test_refusal_never_tells_whether_the_name_exists(home: Path, user: str, password: str) -> None:
    result = attempt(home, POLICY, (user, password), NOON)
    assert result.account is None
    assert result.message == "账号或密码不正确。"


def test_a_name_that_nobody_has_is_never_written_down(home: Path) -> None:
    attempt(home, POLICY, (PASSWORD, "x"), NOON)
    assert PASSWORD not in AuditLog(home).path.read_text(encoding="utf-8")
    assert log_lines(home)[0]["user"] == UNKNOWN_USER


@pytest.mark.parametrize("user", ["stranger", "misplaced"])
def test_right_password_without_a_role_opens_nothing(home: Path, user: str) -> None:
    result = attempt(home, POLICY, (user, PASSWORD), NOON)
    assert result.account is None
    assert log_lines(home)[-1]["outcome"] == "no_role"


def test_wrong_passwords_lock_for_a_while_even_against_the_right_one(home: Path) -> None:
    for second in range(POLICY.sign_in.failures):
        attempt(home, POLICY, ("leader", "wrong"), NOON + timedelta(seconds=second))
    locked = attempt(home, POLICY, ("leader", PASSWORD), NOON + timedelta(minutes=1))
    assert locked.account is None
    assert "锁定" in locked.message
    assert attempt(home, POLICY, ("officer", PASSWORD), NOON + timedelta(minutes=1)).account is not None
    later = NOON + timedelta(minutes=POLICY.sign_in.lock_minutes + 1)
    assert attempt(home, POLICY, ("leader", PASSWORD), later).account is not None


def test_a_right_password_forgets_the_failures(home: Path) -> None:
    for _ in range(3):
        for _ in range(POLICY.sign_in.failures - 1):
            attempt(home, POLICY, ("leader", "wrong"), NOON)
        assert attempt(home, POLICY, ("leader", PASSWORD), NOON).account is not None


def test_old_failures_do_not_add_up(home: Path) -> None:
    lockout = Lockout(home, POLICY.sign_in)
    days = [NOON + timedelta(days=day) for day in range(3 * POLICY.sign_in.failures)]
    assert [lockout.begin("leader", at) for at in days] == [None] * len(days)


def test_broken_accounts_lose_only_themselves(home: Path) -> None:
    path = home / "security" / "accounts.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["accounts"] += [{"user": "half"}, "text", None]
    path.write_text(json.dumps(content), encoding="utf-8")
    assert "leader" in load_accounts(home)
    assert "half" not in load_accounts(home)
    path.write_text("{", encoding="utf-8")
    assert load_accounts(home) == {}
    assert load_accounts(home / "nowhere") == {}


def test_a_hash_that_is_none_matches_nothing(home: Path) -> None:
    account = load_accounts(home)["leader"].model_copy(update={"password_hash": PASSWORD})
    assert not password_matches(account, PASSWORD)
    assert not password_matches(None, PASSWORD)


def test_tickets_open_only_for_whom_they_were_given(home: Path) -> None:
    accounts, registry = load_accounts(home), SessionRegistry()
    ticket = registry.open(accounts["leader"], NOON)
    assert registry.account(ticket, accounts, POLICY.sign_in, NOON) == accounts["leader"]
    for forged in ("", "leader", ticket[:-1], accounts["leader"], {"role": "street_leader"}, None, 1):
        assert registry.account(forged, accounts, POLICY.sign_in, NOON) is None
    registry.close(ticket)
    assert registry.account(ticket, accounts, POLICY.sign_in, NOON) is None


def test_tickets_end_when_idle_when_old_and_when_the_account_changes(home: Path) -> None:
    accounts, registry, rules = load_accounts(home), SessionRegistry(), POLICY.sign_in
    idle = registry.open(accounts["leader"], NOON)
    assert registry.account(idle, accounts, rules, NOON + timedelta(minutes=rules.idle_minutes + 1)) is None
    old = registry.open(accounts["leader"], NOON)
    moments = [NOON + timedelta(minutes=30 * step) for step in range(2 * rules.longest_hours + 2)]
    kept = [registry.account(old, accounts, rules, at) is not None for at in moments]
    assert kept == [True] * (2 * rules.longest_hours + 1) + [False]
    gone = registry.open(accounts["leader"], NOON)
    assert registry.account(gone, {}, rules, NOON) is None
    changed = registry.open(accounts["leader"], NOON)
    other = accounts["leader"].model_copy(update={"password_hash": "$argon2id$other"})
    assert registry.account(changed, {"leader": other}, rules, NOON) is None


def test_a_change_of_role_counts_at_once(home: Path) -> None:
    accounts, registry = load_accounts(home), SessionRegistry()
    ticket = registry.open(accounts["leader"], NOON)
    demoted = {"leader": accounts["leader"].model_copy(update={"role": "auditor"})}
    found = registry.account(ticket, demoted, POLICY.sign_in, NOON)
    assert found is not None
    assert found.role == "auditor"


def test_the_chain_holds_and_tells_every_kind_of_tampering(tmp_path: Path) -> None:
    audit = AuditLog(tmp_path)
    for number in range(5):
        audit.append("sign_in", f"user{number}", "opened", at=NOON)
    assert audit.problems() == []
    whole = audit.path.read_text(encoding="utf-8").splitlines()
    for tampered in (
        whole[1:],
        whole[:2] + whole[3:],
        [whole[0].replace("user0", "user9"), *whole[1:]],
        [*whole[:3], whole[3], whole[3], whole[4]],
    ):
        audit.path.write_text("\n".join(tampered) + "\n", encoding="utf-8")
        assert audit.problems()


def test_half_a_line_is_reported_and_swallows_nothing(tmp_path: Path) -> None:
    audit = AuditLog(tmp_path)
    audit.append("sign_in", "leader", "opened")
    with audit.path.open("a", encoding="utf-8") as file:
        file.write('{"sequence": 2, "at"')
    audit.append("sign_in", "officer", "opened")
    assert '"officer"' in audit.path.read_text(encoding="utf-8").splitlines()[-1]
    assert [problem for problem in audit.problems() if "line 2" in problem]


def test_files_of_security_are_for_their_owner_only(home: Path) -> None:
    attempt(home, POLICY, ("leader", "wrong"), NOON)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (home / "security").iterdir() if path.name != "accounts.json"}
    assert modes
    assert set(modes.values()) == {0o600}


HERE = {"Host": "127.0.0.1:8501"}


@pytest.mark.parametrize(
    ("headers", "address", "expected"),
    [
        ({"X-Remote-User": "leader"}, None, "leader"),  # a socket, or loopback as Streamlit tells it
        ({"x-remote-user": " leader "}, "127.0.0.1", "leader"),
        ({"X-Remote-User": "leader"}, "::1", "leader"),
        ({"X-Remote-User": "leader"}, "10.0.0.9", ""),
        ({"X-Remote-User": "leader"}, "not an address", ""),
        ({"X-Other": "leader"}, None, ""),
        ({"X-Remote-User": "leader", "x-remote-user": "officer"}, None, ""),  # who sends it twice is no proxy of ours
    ],
)
def test_a_proxy_is_believed_on_this_machine_only(headers: dict[str, str], address: str | None, expected: str) -> None:
    assert proxy_user(Ways(proxy_header="X-Remote-User"), headers, address) == expected
    assert proxy_user(Ways(), headers, address) == ""


@pytest.mark.parametrize(
    ("headers", "address", "expected"),
    [
        (HERE, None, True),
        ({"Host": "localhost:8501"}, "127.0.0.1", True),
        ({"Host": "[::1]:8501"}, "::1", True),
        ({"Host": "street.example:443"}, None, False),
        (HERE, "10.0.0.9", False),
        ({}, None, False),
        (HERE | {"X-Forwarded-For": "10.0.0.9"}, None, False),
        (HERE | {"Via": "1.1 proxy"}, None, False),
    ],
)
def test_one_click_opens_the_demo_at_its_own_machine_only(headers: dict[str, str], address: str | None, expected: bool) -> None:
    assert is_demo_seat(Ways(is_demo=True), headers, address) == expected
    assert not is_demo_seat(Ways(), headers, address)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"is_demo": true, "else": 1}', '{"is_demo": "perhaps"}'])
def test_a_broken_file_of_ways_allows_nothing(home: Path, content: str) -> None:
    (home / "security" / "sign_in.json").write_text(content, encoding="utf-8")
    assert load_ways(home) == Ways()


@pytest.mark.parametrize(("user", "outcome"), [("leader", "opened"), ("stranger", "no_role"), ("nobody", "refused")])
def test_whom_another_names_still_needs_an_account_and_a_role(home: Path, user: str, outcome: str) -> None:
    result = admit(home, POLICY, user, "proxy", NOON)
    assert (result.account is not None) == (outcome == "opened")
    assert [(line["outcome"], line["detail"]) for line in log_lines(home)] == [(outcome, "proxy")]
    assert user != "nobody" or "nobody" not in AuditLog(home).path.read_text(encoding="utf-8")


def test_a_code_gives_one_token_once_and_soon(home: Path) -> None:
    accounts, registry, rules = load_accounts(home), SessionRegistry(), POLICY.sign_in
    ticket = registry.open(accounts["leader"], NOON)
    code = registry.offer(ticket, NOON)
    token = registry.redeem(code, NOON)
    assert registry.resume(token, accounts, rules, NOON) == ticket
    assert registry.redeem(code, NOON) == ""
    late = registry.offer(ticket, NOON)
    assert registry.redeem(late, NOON + timedelta(seconds=61)) == ""
    assert registry.redeem(late, NOON) == ""
    assert registry.offer("no ticket", NOON) == ""
    for forged in ("", None, ticket, code, token[:-1], 1, b""):
        assert registry.resume(forged, accounts, rules, NOON) == ""
    held = repr(vars(registry)) + repr(vars(registry._tickets[ticket]))
    assert token not in held
    assert code not in held


@pytest.mark.parametrize(
    "change", [{"role": "auditor"}, {"area_code": "000000000000"}, {"password_hash": "$argon2id$other"}, None]
)
def test_a_kept_sign_in_ends_with_any_change_of_its_account(home: Path, change: dict[str, str] | None) -> None:
    accounts, registry, rules = load_accounts(home), SessionRegistry(), POLICY.sign_in
    ticket = registry.open(accounts["leader"], NOON)
    token = registry.redeem(registry.offer(ticket, NOON), NOON)
    later = {"leader": accounts["leader"].model_copy(update=change)} if change else {}
    assert registry.resume(token, later, rules, NOON) == ""
    assert registry.resume(token, accounts, rules, NOON) == ""
    assert registry.account(ticket, accounts, rules, NOON) is None


def test_a_kept_sign_in_ends_when_signed_out_when_idle_and_when_old(home: Path) -> None:
    accounts, registry, rules = load_accounts(home), SessionRegistry(), POLICY.sign_in
    closed, idle = (registry.open(accounts["leader"], NOON) for _ in range(2))
    tokens = [registry.redeem(registry.offer(ticket, NOON), NOON) for ticket in (closed, idle)]
    registry.close(closed)
    assert registry.resume(tokens[0], accounts, rules, NOON) == ""
    assert registry.resume(tokens[1], accounts, rules, NOON + timedelta(minutes=rules.idle_minutes)) == idle
    assert registry.resume(tokens[1], accounts, rules, NOON + timedelta(minutes=rules.idle_minutes + 1)) == ""


def test_a_locked_account_is_known_without_counting_an_attempt(home: Path) -> None:
    lockout = Lockout(home, POLICY.sign_in)
    assert lockout.locked_users(NOON) == set()
    for _ in range(POLICY.sign_in.failures):
        assert lockout.locked_users(NOON) == set()
        attempt(home, POLICY, ("leader", "wrong"), NOON)
    assert lockout.locked_users(NOON) == {"leader"}
    assert lockout.locked_users(NOON + timedelta(minutes=POLICY.sign_in.lock_minutes)) == set()
