"""Settings: from the environment, from `.env`, and what is said when they are off."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from ipt_roleplay.errors import SetupError
from ipt_roleplay.settings import load_settings


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [one for one in os.environ if one.startswith("IPT_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_nothing_leaves_the_machine() -> None:
    found = load_settings()
    assert (found.host, found.port, found.model) == ("127.0.0.1", 7860, "")
    assert (found.country, found.log_level) == ("international", "WARNING")
    assert found.data_dir.name == "ipt-roleplay"
    assert found.exit_to.startswith("https://")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("IPT_PORT=8001\nIPT_COUNTRY=GB\nOTHER=1\n", encoding="utf-8")
    monkeypatch.setenv("IPT_PORT", "8002")
    monkeypatch.setenv("IPT_DATA_DIR", "~/rehearsals")
    monkeypatch.setenv("IPT_LOG_LEVEL", "debug")
    found = load_settings()
    assert (found.port, found.country, found.log_level) == (8002, "gb", "DEBUG")
    assert found.data_dir == Path.home() / "rehearsals"


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPT_PORT", "")
    monkeypatch.setenv("IPT_DATA_DIR", "")
    assert load_settings().port == 7860
    assert load_settings().data_dir.name == "ipt-roleplay"


def test_every_wrong_setting_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPT_PORT", "99999")
    monkeypatch.setenv("IPT_EXIT_TO", "javascript:alert(1)")
    monkeypatch.setenv("IPT_LOG_LEVEL", "loud")
    with pytest.raises(SetupError) as caught:
        load_settings()
    first, exit_to, second = str(caught.value).splitlines()
    assert exit_to.startswith("IPT_EXIT_TO cannot be used")
    assert first.startswith("IPT_PORT cannot be used")
    assert "65535" in first
    assert second.startswith("IPT_LOG_LEVEL cannot be used")
    assert second.endswith("in .env.")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"IPT_COUNTRY=\xff\xfe")
    with pytest.raises(SetupError, match="Save it as UTF-8"):
        load_settings()


def test_settings_cannot_be_changed_afterwards() -> None:
    name = "port"
    with pytest.raises(ValidationError):
        setattr(load_settings(), name, 1)
