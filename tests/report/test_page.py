"""The page as a file: complete, closed to the network, the same for the same tables, harmless."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from phuluc.audit.report import ReportOptions, write_report
from phuluc.audit.report.wording import Wording
from phuluc.audit.rule import Words
from tests.report.conftest import hostile, small
from tests.report.made_up import RULES, THEMES, MadeUp

PACKAGE = Path(__file__).parents[2] / "phuluc" / "audit" / "report"


def _page(folder, made, **options):
    write_report(made.write(folder), RULES, ReportOptions(themes=THEMES, **options))
    return (folder / "audit.html").read_text("utf-8")


def _data(text):
    return json.loads(html.fromstring(text).get_element_by_id("data").text)


def test_nothing_is_fetched(tmp_path):
    text = _page(tmp_path, small())
    root = html.fromstring(text)
    outside = [
        value
        for element in root.iter()
        for name, value in element.items()
        if name in ("src", "href") and not value.startswith(("#", "data:"))
    ]
    assert outside == []
    assert "@import" not in text
    assert "url(" not in text


def test_the_policy_allows_our_style_and_script_alone(tmp_path):
    root = html.fromstring(_page(tmp_path, small()))
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]

    def digest(text):
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    scripts = [each.text for each in root.iter("script") if each.get("type") is None]
    styles = [each.text for each in root.iter("style")]
    assert policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest(styles[0])}'; "
        f"script-src 'sha256-{digest(scripts[0])}'; base-uri 'none'; form-action 'none'"
    )
    assert (len(scripts), len(styles)) == (1, 1)
    assert root.xpath("//*[@style or @onclick or @onload or @onerror]") == []


def test_texts_of_documents_stay_texts(tmp_path):
    made = hostile()
    text = _page(tmp_path, made)
    root = html.fromstring(text)
    assert len(list(root.iter("script"))) == 2  # the data and ours
    assert list(root.iter("img", "iframe", "object", "b")) == []
    assert "<img" not in text
    assert "javascript:" not in [value for element in root.iter() for value in element.values()]
    data = _data(text)
    assert any("<script>window.ran = 1</script>" in task[4] for task in data["tasks"])
    assert not re.search("[\u202a-\u202e\u2028\u2029\x00-\x08]", text)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_opens_in_the_language_asked_for_and_holds_both(tmp_path, lang):
    root = html.fromstring(_page(tmp_path, small(), lang=lang))
    assert root.get("lang") == lang
    assert [each.text for each in root.iter("h1")] == (
        ["Báo cáo rà soát kế hoạch", "Review of plans"]
        if lang == "vi"
        else ["Review of plans", "Báo cáo rà soát kế hoạch"]
    )


def test_the_overview_is_there_without_script(tmp_path):
    root = html.fromstring(_page(tmp_path, small()))
    said = " ".join(root.xpath("//div[@id='overview']/div[@lang='vi']")[0].text_content().split())
    for expected in (
        "Số thứ tự trùng lặp",
        "Thủ tục hành chính",
        "100 − 100 × (3 × lỗi + cảnh báo) ÷ nhiệm vụ",
        "lỗi 1, cảnh báo 1; nhiệm vụ 3",
        "Nhiệm vụ không có ngày cụ thể",
        "75 ngày",  # 1 October against 15 December
    ):
        assert expected in said
    assert "JavaScript" in root.xpath("//noscript")[0].text_content()


def test_every_table_says_what_it_is(tmp_path):
    root = html.fromstring(_page(tmp_path, small()))
    for table in root.iter("table"):
        assert table.xpath("caption")
        assert all(head.get("scope") in ("col", "row") for head in table.iter("th"))
    for plot in root.xpath("//*[name()='svg'][@role='img']"):
        names = plot.get("aria-labelledby").split()
        assert [root.get_element_by_id(name).text_content().strip() != "" for name in names] == [True, True]


def test_ids_are_unique(tmp_path):
    ids = html.fromstring(_page(tmp_path, small())).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_same_tables_give_the_same_bytes(tmp_path):
    """Also in another process, where sets of texts have another order."""
    script = (
        "import sys; from pathlib import Path; from tests.report.conftest import small;"
        "from tests.report.made_up import RULES, THEMES; from phuluc.audit.report import *;"
        "write_report(small().write(Path(sys.argv[1])), RULES, ReportOptions(themes=THEMES))"
    )
    digests = set()
    for seed in ("1", "2"):
        folder = tmp_path / seed
        environment = {"PYTHONHASHSEED": seed, "PATH": "", "LANG": "C.UTF-8"}
        root = Path(__file__).parents[2]
        subprocess.run([sys.executable, "-c", script, folder], check=True, cwd=root, env=environment)
        digests.add(tuple((folder / name).read_bytes() for name in ("audit.html", "audit.xlsx")))
    assert len(digests) == 1


def test_an_empty_corpus_has_a_page(tmp_path):
    made = MadeUp()
    made.document("a.txt")
    said = html.fromstring(_page(tmp_path, made)).text_content()
    for key in ("by_rule.none", "scores.none", "coverage.none", "groups.none", "calendar.none"):
        assert Wording("vi")(key) in said


def test_messages_and_reasons_in_both_languages(tmp_path):
    made = small()
    finding = made.tables["findings"][0].finding_id
    member = made.tables["task_groups"][1]
    data = _data(
        _page(
            tmp_path,
            made,
            messages={finding: Words("Trùng số.", "Same number.")},
            reasons={(member.group_id, member.task_id): Words("cùng “rà soát”", "both “review”")},
        )
    )
    assert ["Trùng số.", "Same number."] in [each[4] for each in data["findings"]]
    assert ["cùng “rà soát”", "both “review”"] in [each[5] for group in data["groups"] for each in group[1]]


def test_a_page_that_cannot_hold_everything_says_so(tmp_path):
    data = _data(_page(tmp_path, small(), most_findings=2, most_groups=1))
    assert (len(data["findings"]), len(data["groups"]), data["all"]) == (2, 1, [4, 2, 3])


def test_unknown_rules_and_themes_show_their_codes(tmp_path):
    made = small()
    made.finding("rule_of_a_plugin", made.tables["documents"][0].doc_id)
    made.tables["task_groups"][0].theme = made.tables["task_groups"][1].theme = made.tables["task_groups"][
        2
    ].theme = "x"
    said = html.fromstring(_page(tmp_path, made)).text_content()
    assert "rule_of_a_plugin" in said


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (1234.56, "1.234,6", "1,234.6"),
        ("2021", "2021", "2021"),  # years are no quantities
    ],
)
def test_numbers_as_each_language_writes_them(value, vi, en):
    assert (Wording("vi").write(value), Wording("en").write(value)) == (vi, en)


def test_every_word_is_used_and_there():
    sources = "".join(
        path.read_text("utf-8") for path in PACKAGE.rglob("*") if path.suffix in (".py", ".js", ".jinja")
    )
    keys = set(Wording("vi").all())
    assert set(Wording("en").all()) == keys
    composed = re.compile(r"(kind|sort|sheet|figure)\.\w+|\w+\.(meaning|formula|about)")  # made of codes
    unused = {key for key in keys if f'"{key}"' not in sources and not composed.fullmatch(key)}
    assert unused == set()
    asked = set(re.findall(r'\b(?:say|w|self\.w|both)\("([a-z._]*[a-z])"', sources))
    assert asked - keys == {"not_an_output"}  # a message of the program, not of the report
