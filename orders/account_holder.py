"""Whether the account belongs to who files: its verified real name beside the subject's.

Compliance A6: a mismatch is shown to the reviewer, who decides what it means. A colleague, an
agency or another company of the group may file with an account of its own.
"""

import unicodedata

from django.utils.translation import gettext as _

from beian.crypto.digests import digest
from beian.models import Account
from orders.dossier import SubjectPart


def mismatch_of(account: Account, subject: SubjectPart) -> str:
    """What a reviewer has to know, with the state of the real name; "" where both agree."""
    state = account.get_real_name_state_display()
    if not account.is_real_name_verified:
        return _("账号的实名状态是“%(state)s”，没有核实过的实名可以比对。") % {"state": state}
    if not account.real_name:
        return ""
    words = {"state": state, "name": account.real_name}
    if _bare(account.real_name) != _bare(subject.name):
        return _("账号实名为“%(name)s”（%(state)s），与主体名称不一致。") % words
    if account.real_name_certificate_digest != digest("certificate", subject.cert_number):
        return _("账号实名“%(name)s”（%(state)s）与主体名称一致，证件号码不一致。") % words
    return ""


def _bare(name: str) -> str:
    """Without spaces and the width of signs: a bracket typed in another width is no mismatch."""
    return "".join(unicodedata.normalize("NFKC", name).split())
