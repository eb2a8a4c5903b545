"""Names of the pictures that our forms ask for; other papers are named by the rule data."""

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText

PICTURE_NAMES: dict[str, LazyText] = {
    # Mostly said by the certificate's own name (certificate_words).
    "subject_doc_image": _("主体证件"),
    "principal_id_front": _("主体负责人证件正面"),
    "principal_id_back": _("主体负责人证件反面"),
    "service_principal_id_front": _("网站负责人证件正面"),
    "service_principal_id_back": _("网站负责人证件反面"),
}
# A natural person brings one certificate.
PERSONAL_PICTURE_NAMES: dict[str, LazyText] = {
    "principal_id_front": _("身份证件正面"),
    "principal_id_back": _("身份证件反面"),
}
