"""The applicant's entry for filings."""

from django.utils.translation import gettext_lazy as _

from beian import navigation

ENTRY = navigation.Entry(
    "orders:my-filings",
    _("我的备案"),
    position=10,
    url_names=(
        "orders:order",
        "orders:act",
        "orders:reply",
        "orders:certificate",
        "orders:public-security",
        "orders:start",
        "orders:tasks",
        "orders:step",
        "orders:objection",
        "orders:check",
        "orders:submitted",
    ),
)

PREPARE = navigation.Entry("orders:prepare", _("材料清单"), position=20)
NEED = navigation.Entry("orders:need", _("要不要备案"), position=30)


def register() -> None:
    """Called once when the app is ready."""
    navigation.register(navigation.APPLICANT, ENTRY)
    navigation.register(navigation.PUBLIC, PREPARE, NEED)
