"""How long a filing takes and what it needs, as public pages promise it: settings in force."""

from beian.site_settings import setting

NAMES = {
    "initial_from": "review.initial_shown_from",
    "initial_to": "review.initial_working_days",
    "sms_hours": "sms.code_hours",
    "sms_sender": "sms.sender",
    "bureau_from": "bureau.review_shown_from",
    "bureau_to": "bureau.review_working_days",
    "rental_months": "resource.rental_months",
}


def shown_figures() -> dict[str, object]:
    """The figures by the names templates use."""
    return {key: setting(name) for key, name in NAMES.items()}
