"""Models of the verification app, one file per noun."""

from .contact_code import ContactCode
from .contact_proof import ContactProof
from .document import Document
from .face_photo import FacePhoto
from .second_factor import SecondFactor
from .sms_challenge import SmsChallenge
from .truthfulness_check import TruthfulnessCheck
from .truthfulness_link import TruthfulnessLink
from .truthfulness_meeting import TruthfulnessMeeting

__all__ = [
    "ContactCode",
    "ContactProof",
    "Document",
    "FacePhoto",
    "SecondFactor",
    "SmsChallenge",
    "TruthfulnessCheck",
    "TruthfulnessLink",
    "TruthfulnessMeeting",
]
