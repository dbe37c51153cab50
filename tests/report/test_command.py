"""`phuluc audit` from a file to the page: what the command hands the report besides the tables."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from phuluc.cli import group

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The data of the page over the same plan as text and as PDF."""
    folder = tmp_path_factory.mktemp("audited")
    for name in ("so-khcn-tien-giang-ke-hoach-cchc-2020.txt", "so-khcn-tien-giang-phu-luc-cchc-2020.pdf"):
        shutil.copy(SAMPLES / name, folder)
    for arguments in (["convert", folder, "-o", folder / "out"], ["audit", folder / "out", "--lang", "en"]):
        done = CliRunner().invoke(group, [str(each) for each in arguments])
        assert done.exit_code == 0, done.output
    assert (folder / "out" / "audit.xlsx").stat().st_size > 5_000
    page = html.fromstring((folder / "out" / "audit.html").read_text("utf-8"))
    assert page.get("lang") == "en"
    return json.loads(page.get_element_by_id("data").text)


def test_rules_and_messages_are_there_in_both_languages(data):
    assert all(title[0] != title[1] for _, title, _, _ in data["rules"])
    assert all(len(finding[4]) == 2 for finding in data["findings"])


def test_themes_have_titles_and_members_reasons(data):
    assert all(code not in titles[:2] for code, titles in data["themes"].items())
    members = [member for each in data["groups"] for member in each[1][1:]]
    assert members
    assert all(len(member[5]) == 2 for member in members)


def test_pictures_are_taken_of_the_files_that_were_converted(data):
    files = {data["findings"][int(number)][5] for number in data["pictures"]}
    assert files == {"so-khcn-tien-giang-phu-luc-cchc-2020.pdf"}
