"""No key, token or password stands in what is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-"
    r"|(?:SECRET_KEY|PASSWORD|TOKEN)\s*=\s*[\"'][A-Za-z0-9+/_-]{20,}[\"']"
)
LOOKED_AT = {".py", ".toml", ".md", ".sh", ".js", ".mjs", ".json", ".html", ".css", ".txt", ""}


@pytest.mark.trust(26)
@pytest.mark.parametrize("folder", ["src", "docs", "script"])
def test_no_secret_stands_in_the_repository(folder: str) -> None:
    files = [
        file for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix in LOOKED_AT and "vendor" not in file.parts and "__pycache__" not in file.parts
    ]  # fmt: skip

    assert len(files) > 5
    assert [str(file) for file in files if SECRET.search(file.read_text(errors="replace"))] == []


def test_a_secret_would_be_found() -> None:
    assert SECRET.search('SECRET_KEY = "' + "a1" * 20 + '"')
    assert SECRET.search("-----BEGIN RSA " + "PRIVATE KEY-----")
    assert not SECRET.search('SECRET_KEY = env.text("SECRET_KEY")')
