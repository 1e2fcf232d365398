"""The offline page in a real browser, as long as it takes from text to verdict."""

from __future__ import annotations

import shutil
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "src/hustings/formats/verify.html"
MEDIAN_OF_21 = """async (text) => {
    const took = [];
    for (let n = 0; n < 21; n += 1) {
        const began = performance.now();
        if (!(await verifyBundle(text)).good) throw new Error("It should hold.");
        took.push(performance.now() - began);
    }
    return took.sort((a, b) => a - b)[10];
}"""


def page_ms(text: str) -> float | None:
    """Median milliseconds of 21 verdicts; None where there is no Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.goto(PAGE.as_uri())
        took = float(page.evaluate(MEDIAN_OF_21, text))
        browser.close()
    return took
