"""Models of the verification app, one file per noun."""

from .contact_code import ContactCode
from .contact_proof import ContactProof
from .document import Document
from .second_factor import SecondFactor
from .sms_challenge import SmsChallenge

__all__ = ["ContactCode", "ContactProof", "Document", "SecondFactor", "SmsChallenge"]
