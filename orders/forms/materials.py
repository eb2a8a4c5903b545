"""Pictures to upload: one field per paper the order needs, and what rules ask of it beside it."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.forms import Field
from django.urls import reverse
from django.utils.translation import gettext as _

from beian.dates import moment_text
from beian.forms import ImageField, KeptFile
from beian.site_settings import setting
from orders.apply.editing import closed_reason
from orders.asked import PAPER_ANSWERS
from orders.dossier import Dossier, SubjectPart
from orders.field_labels import label_of
from orders.forms.dossier import DossierForm
from orders.forms.paper_answers import answer_field, field_name
from orders.materials import MaterialNeed, has_picture
from rules.kinds.paper_facts import PaperFact
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
    """Fields are made from `needs`; a paper that is there already is kept until replaced.

    `asked` are facts that stand on papers: each has a field under the first of its papers that is
    there, else under the first that is offered, and has to be filled in with the paper.
    """

    def __init__(
        self,
        *args: Any,
        needs: list[MaterialNeed],
        documents: dict[str, Document],
        asked: Iterable[PaperFact] = (),
        **kwargs: Any,
    ) -> None:
        self.needs = needs
        self.documents = documents
        offered = {need.key for need in needs}
        self.asked = {
            field_name(each.fact): each for each in asked if not offered.isdisjoint(each.papers)
        }
        self.paths = {
            **{need.key: need.path for need in needs},
            **{name: each.fact for name, each in self.asked.items()},
        }
        super().__init__(*args, **kwargs)

    def set_up(self) -> None:
        for need in self.needs:
            field = ImageField(
                label=self._label(need.key),
                max_megabytes=setting("upload.accepted_megabytes"),
                least_pixels=setting("upload.smallest_side_pixels"),
                required=need.is_required and not need.any_of,
            )
            field.is_given = has_picture(self.order.dossier, need.key)
            if need.hint:
                words = {"hint": need.hint, "limits": field.help_text}
                field.help_text = _("%(hint)s。%(limits)s") % words
            self.fields[need.key] = field
            self.fields.update(self._answers_under(need.key))

    def _answers_under(self, key: str) -> Iterator[tuple[str, Field]]:
        for name, each in self.asked.items():
            if key == self._place(each):
                wanted = self._comes(key)
                yield name, answer_field(each, self.order.dossier.subject, is_wanted=wanted)

    def _comes(self, key: str) -> bool:
        """Whether the paper is there, or has to be brought before the order is submitted."""
        must = any(need.key == key and need.is_required and not need.any_of for need in self.needs)
        return must or has_picture(self.order.dossier, key)

    def _place(self, asked: PaperFact) -> str:
        """The paper under which it is asked."""
        offered = [key for key in asked.papers if any(need.key == key for need in self.needs)]
        there = [key for key in offered if has_picture(self.order.dossier, key)]
        return (there or offered)[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for need in self.needs:
            if need.is_required and need.any_of and not self._has_any(need):
                names = _("、").join(self._label(key) for key in need.any_of)
                self.add_error(need.key, _("请上传下列材料中的一份：%(names)s") % {"names": names})
        for name, each in self.asked.items():
            if name in self.fields:
                self._clean_answer(name, each, cleaned)
        return cleaned

    def _clean_answer(self, name: str, asked: PaperFact, cleaned: dict[str, Any]) -> None:
        if not self._is_there(asked):
            # An answer about a paper that is not there is nobody's answer.
            self.errors.pop(name, None)
            cleaned[name] = None
        elif cleaned.get(name) is None and name not in self.errors:
            self.add_error(name, self.fields[name].error_messages["required"])

    def _is_there(self, asked: PaperFact, refused: Collection[str] = ()) -> bool:
        keys = [key for key in asked.papers if key in self.paths]
        uploaded = [key for key in keys if self.cleaned_data.get(key) and key not in refused]
        return bool(uploaded) or any(self._is_kept(key) for key in keys)

    def _is_kept(self, key: str) -> bool:
        return bool(self.initial.get(key)) and f"{key}-remove" not in self.data

    def answers(self, refused: Collection[str] = ()) -> dict[str, Any]:
        """What was answered, by path; about a paper that was refused, and what is no longer asked,
        it is nobody's answer."""
        answers = {
            each.fact: self.cleaned_data[name] if self._is_there(each, refused) else None
            for name, each in self.asked.items()
            if name in self.fields and name in self.cleaned_data
        }
        gone = set(PAPER_ANSWERS) - set(self.paths.values())
        open_ = [path for path in gone if not closed_reason(self.order, path)]
        return {**answers, **dict.fromkeys(open_)}

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
