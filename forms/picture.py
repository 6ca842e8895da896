"""Photographs of one paper (材料照片): which paper it is, and the files."""

from typing import Any

from wtforms import MultipleFileField, SelectField

from domain.attachment import SIGNED_FORM
from domain.errors import FieldError
from domain.product import Product
from domain.words import N_
from forms.base import Form
from i18n import current_language, gettext, lazy, say

SIGNED_FORM_NAME = N_("签字盖章后的投保申请表")


class PictureForm(Form):
    """The papers are the product's; the printed form that was signed is one more."""

    document = SelectField(lazy("这是哪份材料"), validate_choice=False)
    photos = MultipleFileField(lazy("照片"))

    def __init__(self, product: Product | None, first: str = "") -> None:
        super().__init__()
        self.document.choices = list(document_names(product).items())
        if not self.is_submitted() and first:
            self.document.data = first

    def validate(self, *_: Any, **__: Any) -> bool:
        """Say at its field what is missing."""
        whole = super().validate()
        if self.document.data not in dict(self.document.choices):
            self.document.errors = [say(FieldError("picture.document"))]
        if not self.files:
            self.photos.errors = [say(FieldError("picture.none"))]
        return whole and not self.errors

    @property
    def files(self) -> list[Any]:
        """The files that were sent."""
        return chosen(self.photos)


def chosen(field: MultipleFileField) -> list[Any]:
    """Return the files of *field*; a browser sends one without a name where none was chosen."""
    return [file for file in field.data or () if getattr(file, "filename", "")]


def document_names(product: Product | None) -> dict[str, str]:
    """Return what each paper is called in the current language, by its id, the product's papers first."""
    papers = product.documents if product else ()
    return {paper.id: getattr(paper.name, current_language()) for paper in papers} | {
        SIGNED_FORM: gettext(SIGNED_FORM_NAME)
    }
