import datetime as dt

import pytest

from phuluc.audit.report import ReportOptions, write_report
from tests.report.made_up import RULES, THEMES, MadeUp

SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
HOSTILE = (
    SCRIPT,
    "</script><script>window.ran = 3</script>",
    "<!--<script>",
    "]]>",
    "javascript:window.ran=4",
    "{{ 7 * 7 }}",
    "\u202egnol \u200bhidden",
    "line\u2028break\u2029two",
    "\x00\x1b[31mred\x7f\ufffe",
    "=1+1",
    '=HYPERLINK("http://example.org";"x")',
    "+cmd|' /C calc'!A0",
    "Ễ" * 5_000,
    "một\nhai\n\nba",
    "&lt;b&gt; &amp;",
    "'\"`",
)


def small() -> MadeUp:
    """Two plans of Tiền Giang, one of Quảng Trị, one of nobody knows where, and a report without tasks."""
    made = MadeUp()
    tg = made.document("tg-2020.txt", province_name="Tỉnh Tiền Giang", year=2020, symbol="44/KH-SKHCN")
    tg_review = made.task(tg, "Rà soát thủ tục hành chính", due=dt.date(2020, 12, 15), stt="1")
    tg_train = made.task(tg, "Đào tạo công chức", due=None, lead=None, product=None, stt="1")
    tg_publish = made.task(tg, "Công khai thủ tục hành chính", due="continuous", stt="2")
    tg_next = made.document("tg-2021.txt", province_name="Tỉnh Tiền Giang", year=2021, symbol="12/KH-SKHCN")
    next_review = made.task(
        tg_next, "Rà soát thủ tục hành chính", due=dt.date(2021, 11, 30), lead="Thanh tra Sở"
    )
    qt = made.document("qt-2020.txt", province_name="Tỉnh Quảng Trị", year=2020, symbol="7/KH-SKHCN")
    qt_review = made.task(qt, "Rà soát, đơn giản hóa thủ tục hành chính", due=dt.date(2020, 10, 1))
    qt_publish = made.task(qt, "Niêm yết, công khai thủ tục hành chính", due="continuous", product="Niêm yết")
    made.document("khong-ro.txt", symbol=None, year=2021)
    unknown_publish = made.task(made.tables["documents"][-1].doc_id, "Công khai thủ tục", due="continuous")
    made.document("bao-cao.txt", province_name="Tỉnh Quảng Trị", year=2020)
    made.group("procedures", tg_review, next_review, qt_review)
    made.group("procedures", tg_publish, qt_publish, unknown_publish)
    made.finding(
        "number_repeated", tg, tg_train, related_ids=[tg_review], message="STT 1 được dùng cho hai nhiệm vụ."
    )
    made.finding("no_deadline", tg, tg_train, message="Nhiệm vụ không ghi thời hạn.")
    made.finding("dates_differ", qt, None, related_ids=[tg], message="Một quyết định có hai ngày.")
    made.finding("unexplained", None, None, message="“KSTTHC” không được giải thích.", evidence=None)
    return made


@pytest.fixture
def out(tmp_path):
    return small().write(tmp_path)


@pytest.fixture
def report(out):
    """The folder with its report, in Vietnamese."""
    write_report(out, RULES, ReportOptions(themes=THEMES))
    return out


def hostile() -> MadeUp:
    """Every dangerous text in every place a document's text can come to."""
    made = MadeUp()
    for number, text in enumerate(HOSTILE):
        doc_id = made.document(
            f"{number}-{text[:20]}", symbol=text, title=text, issuer=text, province_name=text
        )
        task = made.task(doc_id, text, lead=text, product=text, deadline=text, section_title=text, stt=text)
        made.finding(text, doc_id, task, message=text, related_ids=[task])
        other = made.document(f"other {number}", issuer=f"Sở {number}")
        made.group(text, task, made.task(other, text, lead=f"{text} {number}"))
    return made
