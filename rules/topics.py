"""Under which heading a demand stands when somebody prepares a filing."""

from typing import Literal

Topic = Literal["who", "people", "papers", "domain", "name", "amount", "change", "time", "after"]

# In the order in which somebody prepares.
TOPICS: tuple[Topic, ...] = (
    "who",
    "people",
    "papers",
    "domain",
    "name",
    "amount",
    "change",
    "time",
    "after",
)

OF_KIND: dict[str, Topic] = {
    "min_age": "who",
    "max_age": "who",
    "principal_is_legal_rep": "who",
    "id_locality": "who",
    "id_types_by_residency": "who",
    "non_mainland_delegation": "who",
    "same_area": "who",
    "registry_status": "who",
    "same_person": "people",
    "no_reuse": "people",
    "phone_area": "people",
    "phones_distinct": "people",
    "third_person_contact": "people",
    "address_text": "people",
    "age_band_needs_proof": "papers",
    "letter_required": "papers",
    "proof_quality": "papers",
    "document_min_validity": "papers",
    "subject_document_quality": "papers",
    "always_required_document": "papers",
    "photo_or_video": "papers",
    "pre_approval_ticked": "papers",
    "keyword_trigger": "papers",
    "domain_certificate": "papers",
    "total_needs_material": "papers",
    "suffix_rule": "domain",
    "registrar_domestic": "domain",
    "registrant_rule": "domain",
    "domain_min_validity": "domain",
    "domain_realname_age": "domain",
    "existing_services_state": "domain",
    "name_shape": "name",
    "name_words": "name",
    "name_related": "name",
    "name_unique": "name",
    "content_category_rule": "name",
    "remark_rule": "name",
    "per_order_cap": "amount",
    "total_cap": "amount",
    "domains_per_service": "amount",
    "order_combination": "change",
    "subject_change_policy": "change",
    "number_display": "after",
}

# Demands no fact decides, by who sees to them.
OF_KEEPER: dict[str, Topic] = {
    "workflow": "after",
    "forms": "people",
    "uploads": "papers",
    "order_type": "change",
}
