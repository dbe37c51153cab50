"""The house rules that a machine can keep: import directions, package names, links and commands in the docs."""

from __future__ import annotations

import ast
import re
from importlib.metadata import distributions
from pathlib import Path

import pytest

from phuluc.cli import COMMANDS

ROOT = Path(__file__).parent.parent
ORDER = ("schemas", "normalize", "extract", "phuluc")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("package", ORDER)
def test_imports_go_one_way(package: str) -> None:
    above = set(ORDER[ORDER.index(package) + 1 :])
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in (ROOT / package).rglob("*.py")
        if (found := _imported(path) & above)
    }
    assert wrong == {}


def test_no_dependency_ships_our_package_names() -> None:
    ours = set(ORDER)
    clashes = {
        f"{distribution.metadata['Name']}: {file}"
        for distribution in distributions()
        if distribution.metadata["Name"] != "phuluc"
        for file in distribution.files or ()
        if file.parts[0] in ours
    }
    assert clashes == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not link.startswith("http") and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_named_in_the_docs_exist(page: Path) -> None:
    named = set(re.findall(r"\bphuluc ([a-z]+)\b", page.read_text(encoding="utf-8")))
    assert named <= set(COMMANDS) | {"is"}


def test_the_readme_shows_what_the_program_says() -> None:
    from click.testing import CliRunner

    from phuluc.cli import group

    sample = "samples/so-khcn-tien-giang-ke-hoach-cchc-2020.txt"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split(f"phuluc inspect {sample}\n")[1].split("```")[0]
    said = CliRunner().invoke(group, ["inspect", str(ROOT / sample), "--lang", "en"]).output
    lines = {" ".join(line.split()) for line in said.splitlines()}
    assert {" ".join(line.split()) for line in shown.splitlines()} <= lines
