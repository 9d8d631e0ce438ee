"""The HTML report in a real Chromium: driven, measured, photographed."""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from contract_tests.report import render
from tests.report.node_packages import package_file
from tests.report.sample_runs import all_samples, mixed

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SAMPLES = ("empty", "all-known", "mixed", "hostile")
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or chromedriver is missing"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sample as an HTML file."""
    folder = tmp_path_factory.mktemp("html")
    for name, run in all_samples().items():
        (folder / f"{name}.html").write_bytes(render(run, "html"))
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[webdriver.Chrome]:
    """One browser for all tests of this module."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for switch in SWITCHES:
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options, Service(DRIVER))
    yield browser
    browser.quit()


class Page:
    """One sample in the browser, at a width and in a colour scheme."""

    def __init__(self, browser: webdriver.Chrome, folder: Path) -> None:
        self.browser = browser
        self.folder = folder

    def open(self, name: str, width: int = 1440, scheme: str = "light") -> None:
        """Load the sample anew."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        size = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.browser.get("about:blank")
        self.browser.get((self.folder / f"{name}.html").as_uri())

    def run(self, script: str, *arguments: object) -> Any:
        """The value of a script in the page."""
        return self.browser.execute_script(script, *arguments)

    def all(self, selector: str) -> list[WebElement]:
        """The elements that are displayed."""
        found = self.browser.find_elements(By.CSS_SELECTOR, selector)
        return [element for element in found if element.is_displayed()]

    def one(self, selector: str) -> WebElement:
        """The first such element."""
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        webdriver.ActionChains(self.browser).send_keys(*keys).perform()

    def focused(self) -> WebElement:
        """What has the focus."""
        return self.browser.switch_to.active_element

    def complaints(self) -> list[str]:
        """What the console says; a breach of the security policy is told there too."""
        return [entry["message"] for entry in self.browser.get_log("browser")]  # type: ignore[no-untyped-call]


@pytest.fixture
def page(chromium: webdriver.Chrome, folder: Path) -> Iterator[Page]:
    """A page whose console stays silent."""
    page = Page(chromium, folder)
    yield page
    assert page.complaints() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", SAMPLES)
def test_it_fits_the_screen(page: Page, name: str, width: int, scheme: str, tmp_path: Path) -> None:
    """No sideways scrolling, on a phone or a wide screen; and a photograph of each.

    `CONTRACT_TESTS_SCREENSHOTS` names a folder that keeps the photographs to look at.
    """
    page.open(name, width, scheme)
    assert page.run("return document.documentElement.scrollWidth") == width
    kept = Path(os.environ.get("CONTRACT_TESTS_SCREENSHOTS", tmp_path))
    height = min(page.run("return document.documentElement.scrollHeight"), 8000)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    taken = page.browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True}
    )
    picture = kept / f"{name}-{width}-{scheme}.png"
    picture.write_bytes(base64.b64decode(taken["data"]))
    assert picture.stat().st_size > 10_000


@pytest.mark.parametrize(("scheme", "darker"), [("light", False), ("dark", True)])
def test_it_follows_the_colour_scheme(page: Page, scheme: str, darker: bool) -> None:  # noqa: FBT001
    """Dark text on light paper, or the other way round."""
    page.open("mixed", scheme=scheme)
    paper, ink = page.run(
        "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]"
        ".map(c => c.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0))"
    )
    assert (paper < ink) is darker


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_serious(page: Page, width: int, scheme: str) -> None:
    """WCAG A and AA, contrast included, with every row and fold open."""
    axe = package_file("axe-core", "4.14.1", "axe.min.js").read_text("utf-8")
    page.open("mixed", width, scheme)
    page.run("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.run("document.querySelectorAll('.fact button').forEach(button => button.click())")
    page.browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
    result = page.browser.execute_async_script("axe.run().then(arguments[0])")
    serious = [
        (found["id"], node["target"], node["failureSummary"])
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
        for node in found["nodes"][:3]
    ]
    assert serious == []


def test_the_matrix_begins_with_what_differs(page: Page) -> None:
    """The reader has five minutes; everything else is one click away."""
    page.open("mixed")
    assert page.one("#count").text == "6 of 55 facts"
    page.one("input[name=state][value=all]").click()
    assert page.one("#count").text == "55 of 55 facts"
    assert len(page.all(".fact")) == 55


@pytest.mark.parametrize(("state", "count"), [("differs", 6), ("unexercised", 10), ("agrees", 40)])
def test_filter_by_state(page: Page, state: str, count: int) -> None:
    """Each label tells the number of rows that it leaves."""
    page.open("mixed")
    choice = page.one(f"input[name=state][value={state}]")
    choice.click()
    assert len(page.all(".fact")) == count
    assert str(count) in choice.find_element(By.XPATH, "..").text


def test_filter_by_schema_operation_and_text(page: Page) -> None:
    """All filters hold at once; a group without a row left is gone; none left is said."""
    page.open("mixed")
    page.one("input[name=state][value=all]").click()
    page.one("select[name=schema]").send_keys("VolumeRes")
    assert [group.text for group in page.all(".group .structure")] == ["VolumeRes"]
    page.one("input[name=text]").send_keys("EFS")
    assert [row.text.split()[0] for row in page.all(".fact")] == ["category"]
    page.one("input[name=text]").send_keys("xyzzy")
    assert page.all(".fact") == []
    page.one("#clear").click()
    assert len(page.all(".fact")) == 55


def test_a_row_opens_its_evidence(page: Page) -> None:
    """Values with counts, sources, and a link to the finding; a second click closes it."""
    page.open("mixed")
    button = page.one(".fact button")
    assert page.all(".evidence") == []
    button.click()
    (evidence,) = page.all(".evidence")
    assert "EFS\n118" in evidence.text.replace(" ", "\n")
    assert "StartNotebook.html:615" in evidence.text
    assert button.get_attribute("aria-expanded") == "true"
    button.click()
    assert page.all(".evidence") == []


def test_the_evidence_leads_to_the_finding(page: Page) -> None:
    """A finding inside of a closed fold is opened and scrolled to."""
    page.open("mixed")
    page.one(".fact button").click()
    known = next(a for a in page.all(".linked a") if a.text.endswith("= EFS"))
    known.click()
    target = page.one(f"[id='{page.run('return location.hash.slice(1)')}']")
    assert target.is_displayed()
    assert "known: volume-category-efs" in target.text
    assert "POST /v1/" in target.text


def test_the_keyboard_is_enough(page: Page) -> None:
    """Slash to search, arrows between rows, Enter opens, Escape closes."""
    page.open("mixed")
    page.press("/")
    assert page.focused().get_attribute("name") == "text"
    page.press("status", Keys.TAB)
    rows = page.all(".fact button")
    assert page.focused() == rows[0]
    page.press(Keys.ENTER)
    assert len(page.all(".evidence")) == 1
    page.press(Keys.ESCAPE)
    assert page.all(".evidence") == []
    page.one("input[name=text]").send_keys(Keys.CONTROL, "a", Keys.DELETE)
    rows = page.all(".fact button")
    page.run("arguments[0].focus()", rows[0])
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert page.focused() == rows[2]
    page.press(Keys.ARROW_UP)
    assert page.focused() == rows[1]


def test_the_first_tab_leads_past_the_header(page: Page) -> None:
    """A link for those who cannot see where they are."""
    page.open("mixed")
    page.press(Keys.TAB)
    assert page.focused().text == "Skip to the findings"


def test_a_bar_of_the_picture_filters_the_matrix(page: Page) -> None:
    """From a schema that was hardly exercised to its facts."""
    page.open("mixed")
    page.one("a[data-schema=Pool]").click()
    assert [group.text for group in page.all(".group .structure")] == ["Pool"]
    assert page.one("#count").text == "2 of 55 facts"


def test_the_curl_line_can_be_copied(page: Page) -> None:
    """Or is selected where the browser does not let it."""
    page.open("mixed")
    page.one(".copy").click()
    selected = page.run("return getSelection().toString()")
    assert selected.startswith("curl -X POST")


def test_the_differing_line_is_marked(page: Page) -> None:
    """In the answer of the first finding, and by more than colour."""
    page.open("mixed")
    (marked,) = page.all("#finding-1 mark")
    assert marked.text.strip().startswith('"category": "efs"')
    sign = page.run("return getComputedStyle(arguments[0], '::after').content", marked)
    assert "◀" in sign


@pytest.mark.parametrize("width", [390, 1440])
def test_a_hostile_run_does_no_harm(page: Page, width: int) -> None:
    """Nothing it holds becomes an element, a script or a link of its own."""
    page.open("hostile", width)
    page.run("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    page.run("document.querySelectorAll('.fact button').forEach(button => button.click())")
    assert page.run("return window.pwned") is None
    assert page.run("return document.scripts.length") == 2
    assert page.run("return document.images.length") == 0
    targets = page.run("return [...document.links].map(a => a.getAttribute('href'))")
    assert all(target.startswith("#") for target in targets)
    assert "<script>window.pwned=1</script>" in page.one("h1").text


def test_even_unescaped_text_could_not_run(page: Page) -> None:
    """The content security policy allows nothing but the file's own style and scripts."""
    whole = (page.folder / "empty.html").read_text("utf-8")
    attack = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
    (page.folder / "broken-into.html").write_text(whole.replace("<main>", f"<main>{attack}"))
    page.open("broken-into")
    assert page.run("return window.pwned") is None
    said = " ".join(page.complaints())
    kinds = ("Executing inline script", "Executing inline event handler", "Loading the image")
    assert all(kind in said for kind in kinds)


def test_on_paper_the_evidence_is_open(page: Page) -> None:
    """Dark text on white whatever the screen is like, no controls, every finding's exchange."""
    page.open("mixed", scheme="dark")
    page.run("dispatchEvent(new Event('beforeprint'))")
    paper: dict[str, object] = {"media": "print"}
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", paper)
    assert page.all("nav, .filter, .copy") == []
    assert (
        page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    )
    shown = page.all("#findings figure pre")
    assert len(shown) == 2 * sum(v.exchange is not None for v in mixed().new)
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_scripts_everything_is_there(page: Page) -> None:
    """All rows and their evidence are visible; only the filter is gone."""
    off = {"value": True}
    page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", off)
    try:
        page.open("mixed")
        assert len(page.all(".fact")) == 55
        assert len(page.all(".evidence")) == 55
        assert page.all(".filter") == []
    finally:
        page.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_ten_thousand_findings_open_quickly(page: Page) -> None:
    """Under two seconds to the load event and under 10 MB, every finding in it."""
    file = page.folder / "ten-thousand.html"
    assert file.stat().st_size < 10_000_000
    page.open("ten-thousand")
    took = page.run(
        "const [entry] = performance.getEntriesByType('navigation'); return entry.loadEventEnd"
    )
    assert 0 < took < 2000
    assert page.run("return document.querySelectorAll('[id^=finding-]:not(h3)').length") == 10_000
