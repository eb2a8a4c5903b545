"""The person's own, separate consents: to certificate data and its way to the authorities, which
nobody can give instead (docs/decisions/0009), to the photo, and to giving it to the verifier.

`actor` may carry a user: somebody signed in who did it in that browser, as a natural person who
files does on the own phone. The record says so; whose consent it is does not change.
"""

from collections.abc import Collection

from beian.actions.consents import record_consent, record_notice_shown
from beian.actors import Actor
from beian.legal_texts import LegalText, legal_text
from beian.models import ConsentRecord
from verification.models import TruthfulnessCheck

NOTICE = "face_notice"
# In the order of the page. Face Recognition Measures 2025; Personal Information Protection Law,
# articles 23 and 29: each is asked for by itself. Those about own data come with every way to be
# recognised, those about the face with a photo.
OWN_DATA = ("own_certificate_data", "own_bureau_transfer")
FACE = ("face_photo", "face_verifier")
CONSENTS = (*OWN_DATA, *FACE)
PURPOSES = {"own_certificate_data": "certificate_data", "own_bureau_transfer": "bureau_transfer"}


def missing_consents(check: TruthfulnessCheck, keys: tuple[str, ...] = CONSENTS) -> list[LegalText]:
    """Texts in force that this person has not agreed to for this order, or took back."""
    standing = {row.text_key: row.text_version for row in standing_consents(check, keys)}
    given = {key for key, version in standing.items() if version == legal_text(key).version}
    return [legal_text(key) for key in keys if key not in given]


def standing_consents(
    check: TruthfulnessCheck, keys: tuple[str, ...] = FACE
) -> list[ConsentRecord]:
    """What this person agreed to for this order and did not take back, in whatever version."""
    rows = ConsentRecord.objects.filter(
        person_digest=check.digest_of_consents, order_id=check.owner, text_key__in=keys
    )
    # The last word counts: a later row without consent takes an earlier one back.
    last = {row.text_key: row for row in rows.order_by("given_at", "pk")}
    return [row for row in last.values() if row.is_consent]


def give_consents(
    actor: Actor, check: TruthfulnessCheck, keys: Collection[str], *, source_address: str | None
) -> None:
    """Record what the person ticked and had not agreed to yet."""
    for text in missing_consents(check):
        if text.key in keys:
            _record(actor, check, text.key, is_consent=True, source_address=source_address)


def take_back_consents(
    actor: Actor, check: TruthfulnessCheck, *, source_address: str | None
) -> None:
    """Those to the photo, which end with it; data of the filing is taken back by calling."""
    for key in FACE:
        _record(actor, check, key, is_consent=False, source_address=source_address)


def note_notice_shown(
    actor: Actor, check: TruthfulnessCheck, *, source_address: str | None
) -> None:
    """Keep, once per version, that the person was told who asks, why, and for how long."""
    record_notice_shown(
        person_digest=check.digest_of_consents,
        text_key=NOTICE,
        order_id=check.owner,
        source_address=source_address,
        user_id=actor.user_id,
    )


def _record(
    actor: Actor,
    check: TruthfulnessCheck,
    key: str,
    *,
    is_consent: bool,
    source_address: str | None,
) -> None:
    record_consent(
        person_digest=check.digest_of_consents,
        purpose=PURPOSES.get(key, key),
        text_key=key,
        is_consent=is_consent,
        order_id=check.owner,
        source_address=source_address,
        user_id=actor.user_id,
    )
