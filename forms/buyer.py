"""The buyer (买方) step: one buyer, the trade to be covered, and what the buyer owes."""

from datetime import date

from domain.application import Arrears, Buyer, CreditGrade, Trade
from domain.check import buyer, trade
from domain.errors import Problem
from forms.fields import CreditCode, Day, FullName, Number, Options, Text, Year, YesNo, Yuan
from forms.step import Context, StepForm
from i18n import current_language


class BuyerForm(StepForm):
    """Field names are the record's paths: ``trade_amount_fen`` is ``trade/amount_fen``."""

    name = FullName("买方名称")
    credit_code = CreditCode("买方统一社会信用代码")
    address = Text("买方地址", required=False)
    related = YesNo("与投保人有关联关系吗？")
    relation = Text("什么关系", 500, required=False)
    first_trade_year = Year("最早成交年份", required=False)
    yearly_sales_fen = Yuan("一年卖给这个买方多少", required=False)
    highest_balance_fen = Yuan("最多时欠多少货款")
    trade_goods = Text("货物或服务")
    trade_contract_number = Text("合同编号")
    trade_contract_date = Day("合同日期", required=False)
    trade_invoice_number = Text("发票号码", required=False)
    trade_invoice_date = Day("开票日期", required=False)
    trade_delivery_date = Day("交货日期")
    trade_amount_fen = Yuan("这笔货款")
    trade_credit_days = Number("赊账天数", 1)
    trade_due_date = Day("应付款日", required=False)
    trade_retention_of_title = YesNo("付清前货物仍归卖方吗？", required=False)
    arrears_owed = YesNo("买方现在有到期没付的货款吗？")
    arrears_amount_fen = Yuan("拖欠金额", required=False)
    arrears_longest_days = Number("最长拖欠天数", required=False)
    arrears_note = Text("拖欠情况", 500, required=False)
    credit_grade_grade = Options("买方信用等级（由工作人员填写）", [], required=False)
    credit_grade_source = Text("信用等级来源", required=False)
    credit_grade_as_of = Day("信用等级日期", required=False)

    def offer_grades(self, context: Context) -> None:
        """List the grades of the product's scale in the page's language."""
        grades = [(grade.code, getattr(grade.name, current_language())) for grade in context.product.grades]
        self.credit_grade_grade.choices = [("", ""), *grades]
        self.credit_grade_grade.values = {code for code, _name in grades}

    def read(self, context: Context) -> Buyer:
        related = self.related.answer
        return Buyer(
            registered_in_mainland=context.start["buyer_in_mainland"],
            name=self.name.data,
            credit_code=self.credit_code.data,
            address=self.address.data,
            related=related,
            relation=self.relation.data if related else "",
            first_trade_year=self.first_trade_year.data,
            yearly_sales_fen=self.yearly_sales_fen.data,
            highest_balance_fen=self.highest_balance_fen.data,
            credit_grade=self._grade(),
            trade=self._trade(),
            arrears=self._arrears(),
        )

    def problems(self, context: Context) -> list[Problem]:
        found = self.read(context)
        return buyer.check(found, context.holder, context.product, context.today, context.other_buyers)

    def _trade(self) -> Trade:
        return Trade(
            goods=self.trade_goods.data,
            contract_number=self.trade_contract_number.data,
            contract_date=self.trade_contract_date.data,
            invoice_number=self.trade_invoice_number.data,
            invoice_date=self.trade_invoice_date.data,
            delivery_date=self.trade_delivery_date.data,
            amount_fen=self.trade_amount_fen.data,
            credit_days=self.trade_credit_days.data,
            due_date=self.trade_due_date.data or self._due_date(),
            retention_of_title=self.trade_retention_of_title.answer,
        )

    def _due_date(self) -> date:
        return trade.due_date(self.trade_delivery_date.data, self.trade_credit_days.data)

    def _arrears(self) -> Arrears:
        if not self.arrears_owed.answer:
            return Arrears(owed=False)
        return Arrears(
            owed=True,
            amount_fen=self.arrears_amount_fen.data,
            longest_days=self.arrears_longest_days.data,
            note=self.arrears_note.data,
        )

    def _grade(self) -> CreditGrade:
        grade = self.credit_grade_grade.data or "not_queried"
        if grade == "not_queried":
            return CreditGrade()
        return CreditGrade(grade=grade, source=self.credit_grade_source.data, as_of=self.credit_grade_as_of.data)
