"""Fields that parse with the domain's own rules, keep what was typed, and speak the page's language."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from domain import dates, identity, money, text
from domain.errors import FieldError
from domain.words import NAMES, Word
from drawable import drawn
from i18n import lazy, say

YES, NO = "yes", "no"


class Parsed(StringField):
    """A text field whose ``data`` is what the domain understood; ``raw_data`` stays what was typed."""

    empty: Any = ""

    def __init__(self, label: str, *, required: bool = True, **options: Any) -> None:
        super().__init__(lazy(label), **options)
        self.required = required

    def parse(self, typed: str) -> Any:
        """Return the value of *typed*; raise FieldError. Every kind of field says how."""
        return typed

    def pre_validate(self, form: BaseForm) -> None:
        """Parse what was typed and say at the field what is right."""
        typed = self.typed.strip()
        try:
            if not typed and self.required:
                raise FieldError("required")
            self.data = self.parse(typed) if typed else self.empty
        except FieldError as error:
            raise ValidationError(say(error)) from error

    @property
    def typed(self) -> str:
        """What the person typed, untouched."""
        return str(self.raw_data[0]) if self.raw_data else str(self.data or "")

    def _value(self) -> str:
        return self.typed


class Text(Parsed):
    """One line of free text up to *limit* characters."""

    def __init__(self, label: str, limit: int = 120, **options: Any) -> None:
        super().__init__(label, **options)
        self.limit = limit

    def parse(self, typed: str) -> str:
        return text.line(typed, self.limit)


class FullName(Text):
    """A whole name: people and firms, no surname and given name (姓名或名称)."""

    def __init__(self, label: str, limit: int = 60, **options: Any) -> None:
        super().__init__(label, limit, **options)

    def parse(self, typed: str) -> str:
        return text.name(typed, self.limit)


class PrintedName(FullName):
    """The name of somebody who signs papers: one that can be printed."""

    def parse(self, typed: str) -> str:
        return drawn(super().parse(typed))


class TibetanName(Text):
    """A name in Tibetan script (藏文名)."""

    def parse(self, typed: str) -> str:
        return text.tibetan_name(typed, self.limit)


class CreditCode(Parsed):
    """Unified social credit code (统一社会信用代码, GB 32100)."""

    def parse(self, typed: str) -> str:
        return identity.credit_code(typed)


class Code(Parsed):
    """An identity number of any kind; its form decides by which rule."""

    def parse(self, typed: str) -> str:
        return text.compact(typed).upper()


class Mobile(Parsed):
    """A mainland mobile number (手机号)."""

    def parse(self, typed: str) -> str:
        return identity.mobile(typed)


class Yuan(Parsed):
    """An amount typed in yuan, held in fen (金额)."""

    empty = 0

    def parse(self, typed: str) -> int:
        return money.parse_yuan(typed)

    def _value(self) -> str:
        return self.typed if self.raw_data or not self.data else money.format_yuan(self.data)


class Day(Parsed):
    """A date in any of the usual spellings (日期)."""

    empty = None

    def parse(self, typed: str) -> date:
        return dates.parse_date(typed)


class Number(Parsed):
    """A whole number between two bounds."""

    empty = 0

    def __init__(self, label: str, low: int = 0, high: int = 3650, **options: Any) -> None:
        super().__init__(label, **options)
        self.low, self.high = low, high

    def parse(self, typed: str) -> int:
        return dates.days(typed, self.low, self.high)


class Year(Parsed):
    """A year (年份)."""

    empty = None

    def parse(self, typed: str) -> int:
        return dates.year(typed)


def _names(words: Iterable[Word]) -> list[SelectChoice]:
    return [SelectChoice(str(word), lazy(NAMES[word])) for word in words]


def _known(words: type[Word]) -> Callable[[Any], Any]:
    """Coerce to a word of the list; anything else counts as not chosen."""
    known = {str(word): word for word in words}
    return lambda value: known.get(str(value))


class Choice(RadioField):
    """One of a closed list, shown as cards; nothing is chosen in advance."""

    def __init__(self, label: str, words: type[Word], *, required: bool = True, **options: Any) -> None:
        super().__init__(lazy(label), choices=_names(words), coerce=_known(words), validate_choice=False, **options)
        self.required = required

    def pre_validate(self, form: BaseForm) -> None:
        if self.required and self.data is None:
            raise ValidationError(say(FieldError("choose_one")))


class Options(SelectField):
    """One of many, as a list; *options* are (value, source text) pairs and the first line is empty."""

    def __init__(self, label: str, options: Iterable[tuple[str, Any]], *, required: bool = True, **more: Any) -> None:
        choices = [SelectChoice(*option) for option in [("", ""), *options]]
        super().__init__(lazy(label), choices=choices, validate_choice=False, **more)
        self.required = required
        self.values = {value for value, _name in options}

    def pre_validate(self, form: BaseForm) -> None:
        if (self.required and not self.data) or (self.data and self.data not in self.values):
            raise ValidationError(say(FieldError("choose_one")))


class Several(SelectMultipleField):
    """Any number of a closed list, as tick cards."""

    data: list[Any]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, words: type[Word], *, required: bool = False, **options: Any) -> None:
        super().__init__(lazy(label), choices=_names(words), coerce=_known(words), validate_choice=False, **options)
        self.required = required

    def pre_validate(self, form: BaseForm) -> None:
        self.data = [value for value in self.data or [] if value is not None]
        if self.required and not self.data:
            raise ValidationError(say(FieldError("choose_some")))


class YesNo(RadioField):
    """A question answered yes or no, never in advance; ``answer`` is a bool once it was answered."""

    def __init__(self, label: str, *, required: bool = True, **options: Any) -> None:
        choices = [SelectChoice(YES, lazy("是")), SelectChoice(NO, lazy("否"))]
        super().__init__(lazy(label), choices=choices, validate_choice=False, **options)
        self.required = required

    @property
    def answer(self) -> bool:
        """True for yes; no and no answer are False."""
        return self.data == YES

    def pre_validate(self, form: BaseForm) -> None:
        if self.required and self.data not in (YES, NO):
            raise ValidationError(say(FieldError("choose_yes_or_no")))


class Tick(BooleanField):
    """One statement somebody ticks (勾选)."""

    def __init__(self, label: str, *, required: bool = False, **options: Any) -> None:
        super().__init__(lazy(label), **options)
        self.required = required

    def pre_validate(self, form: BaseForm) -> None:
        if self.required and not self.data:
            raise ValidationError(say(FieldError("tick_needed")))
