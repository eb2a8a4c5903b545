"""Files to the bureau: kept sealed for their term, then nobody can open them."""

from datetime import timedelta

import pytest

from beian.crypto.provider import DecryptionFailed
from beian.models import AuditEntry
from orders.actions import sending
from orders.actions.bureau_file_retention import erase_bureau_files
from orders.enums import HandoverState
from orders.models import BureauFile

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
SECOND = timedelta(seconds=1)


@pytest.fixture
def file(life) -> BureauFile:
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    return BureauFile.objects.get()


def test_file_goes_a_year_after_the_bureaus_answer(file, at):
    at(file.answered_at + YEAR - SECOND)
    assert erase_bureau_files() == 0
    assert file.payload()

    at(file.answered_at + YEAR)
    assert erase_bureau_files() == 1

    file.refresh_from_db()
    assert (bytes(file.payload_sealed), file.erased_at) == (b"", file.answered_at + YEAR)
    assert file.sha256
    with pytest.raises(DecryptionFailed):
        file.payload()
    assert AuditEntry.objects.get(action="erase_bureau_file").object_id == str(file.pk)
    assert erase_bureau_files() == 0


def test_file_without_an_answer_stays(file, at):
    BureauFile.objects.update(state=HandoverState.UNKNOWN)

    at(file.answered_at + YEAR)

    assert erase_bureau_files() == 0
    assert file.payload()


def test_line_goes_on_after_its_last_file_was_erased(file, at, life, bureau):
    at(file.answered_at + YEAR)
    erase_bureau_files()

    sending.offer_records()

    assert len(bureau.files) == 1


def test_term_is_never_shorter_than_the_interface_demands(file, at, change_setting):
    change_setting("retention.bureau_file_days", 92)

    at(file.answered_at + timedelta(days=92) - SECOND)
    assert erase_bureau_files() == 0
    at(file.answered_at + timedelta(days=92))
    assert erase_bureau_files() == 1
