"""What every page shows about the installation and the person: `site` in templates."""

import datetime as dt
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from beian import clock, navigation
from beian.data_language import data_language
from beian.masking import mask_phone
from beian.middleware.session_life import seconds_left
from beian.site_settings import setting
from beian.ui import NavGroup, NavItem


class Site:
    """Computed on first use: a page that shows no header asks for nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def product_name(self) -> str:
        return _localised("site.product_name")

    @property
    def provider_name(self) -> str:
        return _localised("site.provider_name")

    @property
    def hours(self) -> str:
        return _localised("site.hours")

    @property
    def phone(self) -> str:
        return setting("site.phone")

    @property
    def phone_digits(self) -> str:
        """For a tel: link."""
        return "".join(char for char in self.phone if char.isdigit() or char == "+")

    @property
    def mail(self) -> str:
        return setting("site.mail")

    @property
    def filing_number(self) -> str:
        return setting("site.filing_number")

    @property
    def today(self) -> dt.date:
        return clock.today()

    @property
    def home_url(self) -> str:
        return reverse("public:home")

    @cached_property
    def nav(self) -> list[NavItem]:
        return navigation.items(self._shell(), self._request)

    def _shell(self) -> list[navigation.Entry]:
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return navigation.PUBLIC
        return navigation.STAFF if user.is_staff else navigation.APPLICANT

    @cached_property
    def staff_nav(self) -> list[NavGroup]:
        return navigation.groups(navigation.STAFF, self._request)

    @property
    def user_label(self) -> str:
        """The name of one of the provider's people, or an applicant's masked phone."""
        user = self._request.user
        if not user.is_authenticated:
            return ""
        return user.staff_name or mask_phone(user.phone)

    @property
    def session_seconds(self) -> int:
        """How long the session lives if nothing more is asked; 0 without one."""
        user = getattr(self._request, "user", None)
        return int(seconds_left(self._request)) if user and user.is_authenticated else 0

    @property
    def session_warning_minutes(self) -> int:
        return setting("session.warning_minutes")

    @property
    def account_label(self) -> str:
        account = getattr(self._request, "account", None)
        return account.name if account else ""


def _localised(name: str) -> str:
    return setting(f"{name}_en" if data_language() == "en" else name)


def site(request: HttpRequest) -> dict[str, object]:
    """Template context: `site`, and the request id that error pages show."""
    return {"site": Site(request), "request_id": getattr(request, "request_id", "")}
