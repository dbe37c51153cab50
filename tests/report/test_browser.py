"""The page in a real browser: Chromium, without a window and without a network."""

import base64
import os
import shutil
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from phuluc.audit.report import ReportOptions, write_report
from tests.report.conftest import hostile, small
from tests.report.made_up import RULES, THEMES, plenty

SWITCHES = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--window-size=1280,900", "--lang=vi",
    "--force-prefers-reduced-motion",
)  # fmt: skip
NO_SCRIPT = {"profile.managed_default_content_settings.javascript": 2}
FAINT, UNNAMED = (Path(__file__).with_name(name).read_text("utf-8") for name in ("faint.js", "unnamed.js"))


@contextmanager
def chromium(folder, **preferences):
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "these tests look at the page in Chromium: apt-get install chromium chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for switch in (*SWITCHES, f"--user-data-dir={folder}", *(["--no-sandbox"] if os.geteuid() == 0 else [])):
        options.add_argument(switch)
    options.add_experimental_option("prefs", preferences)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield browser
    finally:
        browser.quit()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The address of a page by name; each is written once."""
    made: dict[str, str] = {}
    makers = {"small": small, "hostile": hostile, "plenty": lambda: plenty(50, 10_000, tasks_each=4)}

    def address(name):
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            write_report(makers[name]().write(folder), RULES, ReportOptions(themes=THEMES))
            made[name] = (folder / "audit.html").as_uri()
        return made[name]

    return address


@pytest.fixture
def at(browser, written):
    """Open a page at a view, from scratch; what it complains of fails the test."""

    def go(name, view=""):
        browser.get("about:blank")
        browser.get(written(name) + view)
        return browser

    yield go
    assert browser.get_log("browser") == []


def _texts(browser, selector):
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, selector)]


def _waits(browser, condition):
    WebDriverWait(browser, 5, poll_frequency=0.05).until(lambda _: condition())


VIEWS = [
    "",
    "#/findings",
    "#/findings?rule=number_repeated",
    "#/groups",
    "#/group?n=0",
    "#/calendar",
    "#/documents",
]


@contextmanager
def _screen(browser, width):
    size = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_read_by_everyone(at, view):
    browser = at("small", view)
    for lang in ("vi", "en"):
        browser.find_element(By.CSS_SELECTOR, f"[data-lang={lang}]").click()
        words = browser.find_element(By.TAG_NAME, "main").text.split()
        assert not {"null", "undefined", "NaN", "[object"} & set(words)
        assert browser.execute_script(FAINT) == []
        assert browser.execute_script(UNNAMED) == []
        assert len([each for each in browser.find_elements(By.TAG_NAME, "h1") if each.is_displayed()]) == 1
        for width in (1280, 360):
            with _screen(browser, width):  # nothing runs over the edge, of a telephone neither
                page = "document.documentElement"
                assert browser.execute_script(f"return {page}.scrollWidth <= {page}.clientWidth")


@pytest.mark.parametrize(
    "view", ["", "#/findings", "#/groups", "#/group?n=0", "#/group?n=9", "#/calendar", "#/documents"]
)
def test_what_a_document_says_is_not_run(at, view):
    browser = at("hostile", view)
    for details in browser.find_elements(By.CSS_SELECTOR, "#view summary"):
        browser.execute_script("arguments[0].click()", details)
    assert browser.execute_script("return window.ran") is None
    assert browser.find_elements(By.CSS_SELECTOR, "img, main script, iframe") == []


def test_the_switch_changes_every_word_but_the_documents(at):
    browser = at("small", "#/findings")
    assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == "vi"
    assert "STT 1 được dùng cho hai nhiệm vụ." in _texts(browser, ".message")
    browser.find_element(By.CSS_SELECTOR, "[data-lang=en]").click()
    assert [browser.find_element(By.CSS_SELECTOR, "#view h1").text, browser.title] == [
        "All findings",
        "All findings – Review of plans",
    ]
    assert _texts(browser, "#view .severity")[:3] == ["Error", "Error", "Warning"]
    assert "STT 1 được dùng cho hai nhiệm vụ." in _texts(browser, ".message")
    assert browser.find_element(By.CSS_SELECTOR, "[data-lang=en]").get_attribute("aria-pressed") == "true"


def test_it_is_used_with_the_keyboard(at):
    browser = at("small")
    focused = lambda: browser.switch_to.active_element  # noqa: E731

    def press(*keys):
        for key in keys:
            focused().send_keys(key)

    press(Keys.TAB)
    assert focused().text == "Đến nội dung chính"
    press(Keys.TAB, Keys.TAB, Keys.ENTER)
    _waits(browser, lambda: focused().tag_name == "h1")  # a view begins at its heading
    assert focused().text == "Tất cả phát hiện"
    press(Keys.TAB)
    assert focused().get_attribute("type") == "search"
    focused().send_keys("thoi han")  # without accents
    _waits(browser, lambda: len(_texts(browser, ".cards > li")) == 1)
    press(*[Keys.TAB] * 6)
    assert focused().tag_name == "summary"
    press(Keys.ENTER)
    _waits(browser, lambda: _texts(browser, ".cards dd")[2:3] == ["Đào tạo công chức"])


def test_findings_are_searched_and_filtered(at):
    browser = at("small", "#/findings")

    def choose(field, text):
        Select(browser.find_element(By.ID, f"field-{field}")).select_by_visible_text(text)

    assert len(_texts(browser, ".cards > li")) == 4
    choose("severity", "Lỗi")
    assert len(_texts(browser, ".cards > li")) == 2
    choose("body", "Sở Khoa học và Công nghệ, Quảng Trị")
    assert _texts(browser, ".message") == ["Một quyết định có hai ngày."]
    assert "severity=error" in browser.current_url  # can be kept and sent on
    choose("rule", "Nhiệm vụ không có thời hạn")
    assert _texts(browser, ".state") == ["Không có mục nào khớp với bộ lọc."]
    browser.find_element(By.CSS_SELECTOR, ".filters button").click()
    assert len(_texts(browser, ".cards > li")) == 4


def test_the_address_leads_back(at):
    browser = at("small")
    browser.find_element(By.CSS_SELECTOR, ".only-vi .rules a").click()
    _waits(browser, lambda: _texts(browser, "#view h1") == ["Một văn bản, hai ngày"])
    browser.back()
    _waits(browser, lambda: _texts(browser, ".only-vi h1") == ["Báo cáo rà soát kế hoạch"])


def test_a_group_side_by_side(at):
    browser = at("small", "#/groups?sort=spread")
    browser.find_element(By.CSS_SELECTOR, "#view tbody a").click()
    _waits(browser, lambda: _texts(browser, "#view h1") == ["Rà soát thủ tục hành chính"])
    rows = _texts(browser, ".side tbody tr")
    assert [("Tiền Giang" in row, "2021" in row) for row in rows] == [
        (True, False),
        (False, False),
        (True, True),
    ]
    assert _texts(browser, ".side .shift") == [
        "muộn hơn mức giữa 15 ngày",
        "sớm hơn mức giữa 60 ngày",
        "đúng mức giữa",
    ]
    assert _texts(browser, ".side .odd") == ["khác đa số"]
    said = browser.find_element(By.ID, "view").text
    assert "Sở Khoa học và Công nghệ (khong-ro.txt)" in said  # lacks it
    assert "sớm hơn 15 ngày, đổi đơn vị chủ trì" in said  # year on year


def test_documents_are_sorted_by_score(at):
    browser = at("small", "#/documents")
    browser.find_elements(By.CSS_SELECTOR, "th button")[5].click()
    assert browser.find_element(By.CSS_SELECTOR, "th[aria-sort]").get_attribute("aria-sort") == "ascending"
    assert browser.find_element(By.CSS_SELECTOR, "#view tbody th").text.startswith("44/KH-SKHCN")


def test_ten_thousand_findings_are_made_a_page_at_a_time(at):
    browser = at("plenty", "#/findings")
    assert _texts(browser, ".state") == ["Hiển thị 1–50 trong 10.000"]
    assert browser.execute_script("return document.querySelectorAll('body *').length") < 4_000
    browser.find_element(By.CSS_SELECTOR, ".cards summary").click()
    _waits(browser, lambda: _texts(browser, ".cards .related a"))  # the way to how others do it
    browser.find_elements(By.CSS_SELECTOR, ".pager button")[1].click()
    assert _texts(browser, ".state") == ["Hiển thị 51–100 trong 10.000"]
    browser.refresh()
    assert _texts(browser, ".pager span") == ["Trang 2 / 200"]


def _printed(browser):
    data = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    pdf = pypdfium2.PdfDocument(BytesIO(base64.b64decode(data)))
    return pdf[0].get_size(), " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def test_on_paper_everything_is_unfolded_and_nothing_is_a_control(at):
    size, text = _printed(at("small", "#/findings"))
    assert size == pytest.approx((842, 595), abs=1)  # A4, landscape
    assert "Đào tạo công chức" in text  # the row, folded on the screen
    assert "Xóa bộ lọc" not in text
    _, overview = _printed(at("small"))
    assert "Từ viết tắt chưa giải thích" in overview  # a note, folded on the screen
    assert "English" not in overview


def test_without_script_the_overview_is_there(tmp_path, written):
    with chromium(tmp_path, **NO_SCRIPT) as browser:
        browser.get(written("small"))
        said = browser.find_element(By.TAG_NAME, "body").text
    assert "Trình duyệt đang tắt JavaScript" in said
    assert "Số thứ tự trùng lặp" in said
    assert "So sánh nhiệm vụ" not in said.splitlines()  # no menu that does nothing
