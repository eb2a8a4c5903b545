"""`PageForm`, and fields that normalise and whose errors name the field and the remedy."""

from beian.forms.base import PageForm
from beian.forms.choice import AgreeField, OptionField, OptionsField, SelectField, YesNoField
from beian.forms.dates import DayField, ThreePartDateField, ValidUntil, ValidUntilField
from beian.forms.domain import DomainField
from beian.forms.files import ImageField, KeptFile
from beian.forms.phone import PhoneField
from beian.forms.region import Region, RegionField
from beian.forms.text import (
    CertificateNumberField,
    CleanCharField,
    CodeField,
    LongTextField,
    MailField,
    PrintedNumberField,
)

__all__ = [
    "AgreeField",
    "CertificateNumberField",
    "CleanCharField",
    "CodeField",
    "DayField",
    "DomainField",
    "ImageField",
    "KeptFile",
    "LongTextField",
    "MailField",
    "OptionField",
    "OptionsField",
    "PageForm",
    "PhoneField",
    "PrintedNumberField",
    "Region",
    "RegionField",
    "SelectField",
    "ThreePartDateField",
    "ValidUntil",
    "ValidUntilField",
    "YesNoField",
]
