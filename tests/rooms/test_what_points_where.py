"""What a linter of imports does not see: imports at run time, clock and chance in the core. Keys of tables: beside."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/hustings"
ORDER = [
    "campaigns", "audit", "accounts", "jobs", "exports", "statements", "exchange", "clippings",
    "contributions", "materials", "lending", "places", "people", "volunteers", "shifts", "register",
    "polling", "scripts", "outings", "canvass", "safety", "dispatch", "followups", "results", "contests",
    "today", "erasure",
]  # fmt: skip
"""From the ground up, as ARCHITECTURE.md names them."""


def test_the_order_of_the_apps_is_the_one_the_imports_are_held_to() -> None:
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c for c in contracts["contracts"] if c["id"] == "apps-order")["layers"]
    said = (ROOT / "ARCHITECTURE.md").read_text()

    assert [layer.strip("()") for layer in reversed(layers)] == ORDER
    assert ", ".join(f"`{name}`" for name in ORDER) in said


def in_a_fresh_interpreter(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a program where none of ours is loaded yet."""
    return subprocess.run(
        [sys.executable, *options, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def modules(*rooms: str) -> list[str]:
    """Every module of these rooms."""
    return sorted(
        ".".join(("hustings", *file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for room in rooms
        for file in (SOURCE / room).rglob("*.py")
    )


@pytest.mark.parametrize("room", ["core", "formats", "cli", "postgres"])
def test_a_room_below_the_apps_loads_where_django_is_not_installed(room: str) -> None:
    program = f"""
import sys
sys.modules.update(dict.fromkeys(("django", "psycopg", "psycopg_pool", "allauth"), None))
from importlib import import_module
for module in {modules(room)!r}:
    import_module(module)
"""
    ran = in_a_fresh_interpreter(program)

    assert ran.returncode == 0, ran.stderr[-800:]


@pytest.mark.parametrize(
    "command", ["--help", "--version", "turf --help", "turf cut --help", "turf check --help"]
)
def test_the_pure_commands_start_without_django_and_without_a_database(command: str) -> None:
    program = f"""
import sys
sys.modules.update(dict.fromkeys(("django", "psycopg", "subprocess"), None))
from hustings.cli.main import main
try:
    code = main({command.split()!r})
except SystemExit as stop:
    code = stop.code
assert not code, code
assert "hustings.postgres" not in sys.modules
"""
    ran = in_a_fresh_interpreter(program)

    assert ran.returncode == 0, ran.stderr[-800:]
    assert ran.stdout


@pytest.mark.parametrize(
    "command",
    [
        "campaign",
        "places",
        "register",
        "migrate",
        "serve",
        "work",
        "demo",
        "register import",
        "places import",
    ],
)
def test_help_of_a_command_with_a_server_starts_no_database(command: str, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "hustings.cli.main", *command.split(), "--help"],
        capture_output=True, text=True, check=False, cwd=ROOT,
        env={"HUSTINGS_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip

    assert ran.returncode == 0, ran.stderr[-500:]
    assert f"usage: hustings {command}" in ran.stdout
    assert list(tmp_path.iterdir()) == []


WEB = """
import sys
from hustings.server import wsgi
from django.urls import get_resolver
get_resolver().url_patterns
from importlib import import_module
for module in {modules}:
    import_module(module)
heavy = sorted({{name.split(".")[0] for name in sys.modules}} & {{"numba", "llvmlite", "pyvrp"}})
assert not heavy, heavy
"""


@pytest.mark.slow
def test_what_serves_pages_compiles_nothing() -> None:
    web = [name for name in modules("apps", "server") if ".migrations." not in name]
    web = [name for name in web if not name.startswith("hustings.server.demo")]

    ran = in_a_fresh_interpreter(WEB.format(modules=web))

    assert ran.returncode == 0, ran.stderr[-800:]


CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
}  # fmt: skip
SEEDED = {"default_rng", "Generator", "PCG64", "SeedSequence"}


def clock_or_chance(source: str) -> list[str]:
    """Calls of the clock, and of chance without a seed."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            if name in CLOCKS:
                found.append(name)
            parts = name.split(".")
            if (
                parts[:2] in (["np", "random"], ["numpy", "random"])
                and len(parts) == 3
                and parts[2] not in SEEDED
            ):
                found.append(name)
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("default_rng")
            and not (node.args or node.keywords)
        ):
            found.append("default_rng()")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [n.name for n in node.names]
            )
            found += [
                name
                for name in names
                if name.split(".")[0] in {"random", "time", "secrets", "uuid"}
            ]
    return found


@pytest.mark.parametrize("module", modules("core"))
def test_the_core_asks_neither_the_clock_nor_chance(module: str) -> None:
    file = SOURCE.joinpath(*module.split(".")[1:])
    file = file / "__init__.py" if file.is_dir() else file.with_suffix(".py")

    assert clock_or_chance(file.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nx = datetime.now()", "import datetime\nx = datetime.date.today()",
        "import numpy as np\nx = np.random.rand(3)", "import numpy as np\nx = np.random.default_rng()",
        "import time", "from random import choice", "import numpy as np\nnp.random.seed(1)",
    ],
)  # fmt: skip
def test_a_clock_and_a_chance_are_found(source: str) -> None:
    assert clock_or_chance(source)
    assert not clock_or_chance(
        "import numpy as np\ndef f(seed):\n    return np.random.default_rng(seed)"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("core/geo.py", "import django", "The core knows nothing"),
        ("core/geo.py", "import hustings.formats.osm", "Rooms"),
        ("formats/osm.py", "import psycopg", "run where Django is not installed"),
        ("apps/people/access.py", "import hustings.apps.canvass.models", "one order"),
        ("apps/people/models.py", "import hustings.apps.people.queries", "Inside an app"),
        ("apps/places/views.py", "import numba", "Nothing the web process imports"),
    ],
)
def test_a_breach_of_the_dependency_rule_is_reported(
    file: str, line: str, contract: str, tmp_path: Path
) -> None:
    import shutil

    copy = tmp_path / "src/hustings"
    shutil.copytree(
        SOURCE, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "templates")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (copy / file).open("a") as source:
        source.write(f"\n{line}\n")

    ran = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        capture_output=True, text=True, check=False, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "src"), "COLUMNS": "200"},
    )  # fmt: skip

    assert ran.returncode == 1, ran.stdout[-1500:]
    broken = [said for said in ran.stdout.splitlines() if " BROKEN" in said]
    assert any(contract in said for said in broken), broken
