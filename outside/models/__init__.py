from outside.models.bureau import HandOver, Result, ResultFile, Switches, UploadedBatch
from outside.models.checks import DomainRecord, RealNameCheck, RealNameRule
from outside.models.faces import FaceCheck, FaceRule
from outside.models.inventory import InventoryResource
from outside.models.messages import Message
from outside.models.register import RegisteredService, RegisteredSubject

__all__ = [
    "DomainRecord",
    "FaceCheck",
    "FaceRule",
    "HandOver",
    "InventoryResource",
    "Message",
    "RealNameCheck",
    "RealNameRule",
    "RegisteredService",
    "RegisteredSubject",
    "Result",
    "ResultFile",
    "Switches",
    "UploadedBatch",
]
