"""The dossier's parts. Drafts are incomplete by nature, so every field may be empty.

Codes are the keys of the rule data's enumerations (natures, certificate types, categories);
dates are calendar dates in Asia/Shanghai; phones are digits as typed after normalisation.
"""

from datetime import date
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field

# Raised whenever a reader has to upgrade older content; see `upgrades`.
SCHEMA_VERSION = 2

# 个人: the nature of a subject that is a natural person.
PERSONAL = "personal"
ENTERPRISE = "enterprise"
# 个体工商户: one person's trade; files as an enterprise, the rules know it by its own name.
SOLE_PROPRIETOR = "sole_proprietor"
# Answers that say that there is none, or another.
NO_NUMBER = "无"
OTHER_SEAL = "other"


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Person(Part):
    """A responsible person (负责人)."""

    full_name: str = ""
    cert_type: str = ""
    cert_number: str = ""
    # Asked only where the certificate's number does not carry it.
    birth_date: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    long_term: bool = False
    mobile: str = ""
    emergency_phone: str = ""
    office_phone: str = ""
    email: str = ""
    # None: not answered yet; of a service principal asked only where it is open.
    is_legal_representative: bool | None = None
    # Only meaningful for a service principal; None: not answered yet.
    same_as_subject_principal: bool | None = None


class SubjectPart(Part):
    """主体: the entity that files."""

    province: str = Field("", description="GB/T 2260 two-digit code of the filing region")
    nature: str = ""
    # 个体工商户, among enterprises.
    is_sole_proprietor: bool = False
    name: str = ""
    # 字号 and 公章: asked where rules look at them; None: not answered.
    has_trade_name: bool | None = None
    has_seal: bool | None = None
    # What the licence shows beside that: its own number (NO_NUMBER if there is none) and the
    # seal of whoever issued it (OTHER_SEAL if it is not the one rules want); asked likewise.
    licence_number: str | None = None
    licence_seal: str | None = None
    cert_type: str = ""
    cert_number: str = ""
    cert_address: str = ""
    cert_valid_from: date | None = None
    cert_valid_to: date | None = None
    cert_long_term: bool = False
    # Whether the picture shows an electronic certificate; None: nobody was asked.
    doc_is_electronic: bool | None = None
    contact_region: str = Field("", description="GB/T 2260 code of province or prefecture")
    contact_address: str = ""
    remarks: str = ""
    principal: Person = Field(default_factory=Person)

    @property
    def rule_nature(self) -> str:
        """The nature in the words of the rules."""
        return SOLE_PROPRIETOR if self.is_sole_proprietor else self.nature


class ServicePart(Part):
    """互联网信息服务: one website."""

    ref: UUID = Field(default_factory=uuid4)
    kind: str = "website"
    name: str = ""
    domains: list[str] = Field(default_factory=list)
    content_categories: list[str] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=list)
    pre_approvals: list[str] = Field(
        default_factory=list, description='Category keys, or exactly ["none"]'
    )
    remarks: str = ""
    resource: str = Field("", description="Id of the account's resource")
    ips: list[str] = Field(default_factory=list)
    principal: Person = Field(default_factory=Person)


class CommitmentLetter(Part):
    """承诺书: what stands on the letter; asked where rules look at it, None: not answered."""

    signed_on: date | None = None


class ResidencePermit(Part):
    """居住证: what stands on the permit; asked where rules look at it, None: not answered."""

    expiry: date | None = None
    address_matches_contact: bool | None = None


class LegalRepresentative(Part):
    """法定代表人 who sends somebody else: asked where rules look at it, None: not answered."""

    residency: str | None = None


class Dossier(Part):
    """Everything an applicant says and shows in one order."""

    schema_version: int = SCHEMA_VERSION
    subject: SubjectPart = Field(default_factory=SubjectPart)
    services: list[ServicePart] = Field(default_factory=lambda: [ServicePart()])
    materials: dict[str, list[str]] = Field(
        default_factory=dict, description="Material key to ids of stored documents"
    )
    legal_rep: LegalRepresentative = Field(default_factory=LegalRepresentative)
    commitment_letter: CommitmentLetter = Field(default_factory=CommitmentLetter)
    residence_permit: ResidencePermit = Field(default_factory=ResidencePermit)

    @property
    def is_personal(self) -> bool:
        """Whether a natural person files: subject and both principals in one."""
        return self.subject.nature == PERSONAL

    def service_principal(self, index: int) -> Person:
        """The person in charge of a service; the subject principal where that was chosen."""
        person = self.services[index].principal
        return self.subject.principal if person.same_as_subject_principal else person

    def may_head(self, index: int) -> bool:
        """Whether the person in charge of a service may be the unit's legal representative: only
        somebody else than a subject principal who is not."""
        is_other = self.services[index].principal.same_as_subject_principal is False
        return is_other and self.subject.principal.is_legal_representative is False

    @property
    def head(self) -> Person | None:
        """The responsible person who is the unit's legal representative, if one of them is."""
        if self.subject.principal.is_legal_representative:
            return self.subject.principal
        indexes = range(len(self.services))
        heads = (self.services[index].principal for index in indexes if self.may_head(index))
        return next((person for person in heads if person.is_legal_representative), None)
