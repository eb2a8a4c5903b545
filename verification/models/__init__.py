"""Models of the verification app, one file per noun."""

from .contact_code import ContactCode
from .contact_proof import ContactProof

__all__ = ["ContactCode", "ContactProof"]
