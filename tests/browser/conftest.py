"""Fixtures of the journeys. Package scope: Playwright's event loop must not outlive this folder,
because Django refuses database work beside a running loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.browser.chromium import collect_complaints, executable, launch
from tests.browser.keyboard import Keyboard, put_in_hands
from tests.browser.product import Product, running_product

HERE = Path(__file__).parent

Visitor = Callable[..., Page]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Who names no kind of product gets the embedded one: the same copy as those who name it."""
    marks = metafunc.definition.iter_markers("parametrize")
    names = {name for mark in marks for name in _names(mark.args[0])}
    if "product" in metafunc.fixturenames and "product" not in names:
        metafunc.parametrize("product", ["embedded"], indirect=True)


def _names(parameters: str | list[str] | tuple[str, ...]) -> list[str]:
    return parameters.split(",") if isinstance(parameters, str) else list(parameters)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys on the same copy of the product follow each other in one xdist worker, so it
    starts once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(f"product-{_product_of(item)}"))
            item.add_marker(pytest.mark.journey)
    items.sort(key=_product_of)


def _product_of(item: pytest.Item) -> str:
    """The kind of product a journey walks; "" for every other test."""
    callspec = getattr(item, "callspec", None)
    return str(callspec.params.get("product", "")) if callspec and HERE in item.path.parents else ""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failed journey shows what the processes said last."""
    report = yield
    product = getattr(item, "funcargs", {}).get("product")
    if report.failed and product is not None:
        report.sections.append(("last lines of the processes", product.log_tail()))
    return report


@pytest.fixture(scope="package")
def start_product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Product]]:
    """One copy of each kind: a fixture with parameters would start it anew for each test file."""
    with ExitStack() as stack:

        @cache
        def start(kind: str) -> Product:
            return stack.enter_context(running_product(kind, tmp_path_factory.mktemp(kind)))

        yield start


@pytest.fixture
def product(request: pytest.FixtureRequest, start_product: Callable[[str], Product]) -> Product:
    """The running product; parametrise indirectly with "embedded" (default) or "postgresql"."""
    kind = request.param
    if kind == "postgresql" and (settings.EMBEDDED_DATABASE or settings.EMBEDDED_BROKER):
        pytest.skip("needs PostgreSQL and Redis")
    return start_product(kind)


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    if executable() is None:
        pytest.skip("needs chromium")
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def visitor(
    browser: Browser, product: Product, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Visitor]:
    """Make a new visitor with cookies of their own: `visitor(width=360, javascript=False)`.

    With `hands="keyboard"` whatever the walk does on the page is done without a pointer.

    At the end of the test no visitor may have met a script error, a refused inline script or style,
    or an address on another machine.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    keyboards: dict[Page, Keyboard] = {}
    put_in_hands(monkeypatch, keyboards)

    def arrive(
        *,
        width: int = 1280,
        height: int = 900,
        javascript: bool = True,
        dark: bool = False,
        hands: str = "pointer",
    ) -> Page:
        context = browser.new_context(
            base_url=product.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        collect_complaints(page, complaints)
        if hands == "keyboard":
            keyboards[page] = Keyboard(page)
        return page

    yield arrive
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor()


@pytest.fixture
def phone_page(visitor: Visitor) -> Page:
    return visitor(width=360, height=740)


@pytest.fixture
def nojs_page(visitor: Visitor) -> Page:
    return visitor(javascript=False)
