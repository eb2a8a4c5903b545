"""What is wrong with a certificate number, said to the person who typed it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`code` is stable; `zh` and `en` name the field and the remedy."""

    code: str
    zh: str
    en: str
