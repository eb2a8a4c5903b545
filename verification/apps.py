from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "verification"

    def ready(self) -> None:
        """Put our pages into the applicants' navigation, our figures among the metrics."""
        from beian import navigation
        from verification import gauges  # noqa: F401
        from verification.queries import is_member, may_file, unread_count, unread_staff_rows

        navigation.register(
            navigation.STAFF,
            navigation.Entry(
                "verification:staff-home", _("工作台"), position=10, rows=unread_staff_rows
            ),
        )
        navigation.register(
            navigation.APPLICANT,
            navigation.Entry(
                "verification:messages",
                _("消息"),
                position=60,
                visible=may_file,
                count=unread_count,
            ),
            navigation.Entry(
                "verification:account",
                _("账号"),
                position=70,
                visible=is_member,
                url_names=("verification:real-name",),
            ),
        )
