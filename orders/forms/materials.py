"""Pictures to upload: one field per paper the order needs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from beian.dates import moment_text
from beian.forms import ImageField, KeptFile
from beian.site_settings import setting
from orders.dossier import Dossier, SubjectPart
from orders.field_labels import label_of
from orders.forms.dossier import DossierForm
from orders.materials import MaterialNeed
from verification.models import Document


def kept_file(document: Document, subject: SubjectPart) -> KeptFile:
    """A stored picture as the field shows it."""
    kilobytes = max(1, document.byte_count // 1024)
    note = _("%(time)s 上传，%(kilobytes)d KB，%(width)d × %(height)d 像素") % {
        "time": moment_text(document.created_at),
        "kilobytes": kilobytes,
        "width": document.width,
        "height": document.height,
    }
    return KeptFile(
        token=str(document.pk),
        name=document.name or label_of(f"materials.{document.kind}", subject.nature, subject),
        url=reverse("verification:document", args=[document.pk]),
        note=note,
    )


class MaterialsForm(DossierForm):
    """Fields are made from `needs`; a paper that is there already is kept until replaced."""

    def __init__(
        self,
        *args: Any,
        needs: list[MaterialNeed],
        documents: dict[str, Document],
        **kwargs: Any,
    ) -> None:
        self.needs = needs
        self.documents = documents
        self.paths = {need.key: need.path for need in needs}
        super().__init__(*args, **kwargs)

    def set_up(self) -> None:
        for need in self.needs:
            field = ImageField(
                label=self._label(need.key),
                max_megabytes=setting("upload.accepted_megabytes"),
                least_pixels=setting("upload.smallest_side_pixels"),
                required=need.is_required and not need.any_of,
            )
            if need.hint:
                words = {"hint": need.hint, "limits": field.help_text}
                field.help_text = _("%(hint)s。%(limits)s") % words
            self.fields[need.key] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for need in self.needs:
            if need.is_required and need.any_of and not self._has_any(need):
                names = _("、").join(self._label(key) for key in need.any_of)
                self.add_error(need.key, _("请上传下列材料中的一份：%(names)s") % {"names": names})
        return cleaned

    def _label(self, key: str) -> str:
        subject = self.order.dossier.subject
        return label_of(f"materials.{key}", subject.nature, subject)

    def _has_any(self, need: MaterialNeed) -> bool:
        keys = [key for key in need.any_of if key in self.fields]
        return any(self.cleaned_data.get(key) or self.initial.get(key) for key in keys)

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for need in self.needs:
            files = dossier.materials.get(need.key, [])
            document = self.documents.get(files[-1]) if files else None
            initial[need.key] = kept_file(document, dossier.subject) if document else None
        return initial
