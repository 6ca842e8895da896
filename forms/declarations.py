"""The declarations (声明与同意) step: what is declared, each consent for itself, the papers that were seen."""

from wtforms import HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from domain.application import Consent, Declarations
from domain.check import declarations
from domain.consent import answer
from domain.errors import Problem
from domain.words import ConsentKind, Language
from forms.fields import Tick
from forms.step import Context, StepForm
from i18n import current_language, lazy


class DeclarationsForm(StepForm):
    """Nothing is ticked in advance; the consents' wording is the product's."""

    read_in = HiddenField()
    truthful = Tick("以上内容真实、完整，保险公司问到的都如实回答了", required=True)
    terms_received = Tick("已收到保险条款", required=True)
    exclusions_explained = Tick("已就免除保险公司责任的条款得到提示和说明", required=True)
    consent_insurer = Tick("同意向保险公司提供信息")
    consent_credit_query = Tick("同意查询信用信息")
    consent_bank = Tick("同意向银行提供信息")
    filled_by_clerk = Tick("以上内容由投保人本人提供，代填人按其陈述填写")
    read_back = Tick("已逐项向投保人念读并由其确认")
    documents = SelectMultipleField(
        lazy("已核对的材料"),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, context: Context) -> None:
        """Take the product's documents, and which of its consents nobody can apply without."""
        language = current_language()
        if self.read_in.data not in list(Language):
            self.read_in.data = language
        self.documents.choices = [(paper.id, getattr(paper.name, language)) for paper in context.product.documents]
        for consent in context.product.consents:
            self.consent_field(consent.kind).required = consent.required

    def consent_field(self, kind: ConsentKind) -> Tick:
        """Return the tick of one consent."""
        return self._fields[f"consent_{kind}"]

    def problems(self, context: Context) -> list[Problem]:
        return declarations.check(self.read(context))

    def read(self, context: Context) -> Declarations:
        return Declarations(
            truthful=self.truthful.data,
            terms_received=self.terms_received.data,
            exclusions_explained=self.exclusions_explained.data,
            filled_by_clerk=self.filled_by_clerk.data,
            read_back=self.read_back.data,
        )

    def consents(self, context: Context) -> tuple[Consent, ...]:
        """Return one consent for each text of the product, given or not, in the language it was read."""
        language = Language(self.read_in.data)
        return tuple(
            answer(text, bool(self.consent_field(text.kind).data), language) for text in context.product.consents
        )

    def papers(self, context: Context) -> tuple[str, ...]:
        """Return the ids of the papers that were seen, in the product's order."""
        return tuple(paper.id for paper in context.product.documents if paper.id in (self.documents.data or ()))
