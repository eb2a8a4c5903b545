"""The ministry's code lists as data: natures, certificates, contents, approvals, resources."""

from rules.enumerations.lists import (
    app_platforms,
    certificate_type,
    certificate_types,
    content_categories,
    languages,
    nature,
    natures,
    personal_certificate_type,
    personal_certificate_types,
    pre_approvals,
    resource_kinds,
)
from rules.enumerations.loader import Entry

__all__ = [
    "Entry",
    "app_platforms",
    "certificate_type",
    "certificate_types",
    "content_categories",
    "languages",
    "nature",
    "natures",
    "personal_certificate_type",
    "personal_certificate_types",
    "pre_approvals",
    "resource_kinds",
]
