"""Starting the browser, and what it must never complain about."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Page, Playwright

LAUNCH_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def launch(playwright: Playwright) -> Browser:
    flags = [*LAUNCH_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=executable(), args=flags)


def collect_complaints(page: Page, complaints: list[str]) -> None:
    """Script errors, refused inline scripts and styles, and addresses on other machines."""
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: (
            complaints.append(f"console: {message.text}")
            if "Content Security Policy" in message.text
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else complaints.append(f"foreign address: {request.url}")
        ),
    )
