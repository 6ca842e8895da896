"""The business (经营情况) step: sales, losses, other insurance, purpose."""

from domain.application import Business
from domain.check import business
from domain.errors import Problem
from domain.words import OtherInsurance, Purpose
from forms.fields import Choice, Number, Several, Text, YesNo, Yuan
from forms.step import Context, StepForm


class BusinessForm(StepForm):
    """Turnover and terms of the whole business, not of one trade."""

    usual_credit_days = Number("平常赊账多少天")
    longest_credit_days = Number("最长赊账多少天")
    last_year_sales_fen = Yuan("去年销售额")
    next_year_sales_fen = Yuan("今后12个月预计赊销额")
    unpaid_losses = YesNo("以前有收不回来的货款吗？")
    unpaid_losses_fen = Yuan("没收回的金额", required=False)
    unpaid_reason = Text("没收回的原因", 500, required=False)
    other_insurance = Choice("投保过别的信用保险吗？", OtherInsurance)
    other_insurer = Text("哪家保险公司", required=False)
    declined_before = YesNo("被保险公司拒保过吗？")
    purposes = Several("为什么投保？", Purpose, required=True)

    def read(self, context: Context) -> Business:
        losses, elsewhere = self.unpaid_losses.answer, self.other_insurance.data is not OtherInsurance.NONE
        return Business(
            trade_mode=context.start["trade_mode"],
            usual_credit_days=self.usual_credit_days.data,
            longest_credit_days=self.longest_credit_days.data,
            last_year_sales_fen=self.last_year_sales_fen.data,
            next_year_sales_fen=self.next_year_sales_fen.data,
            unpaid_losses=losses,
            unpaid_losses_fen=self.unpaid_losses_fen.data if losses else 0,
            unpaid_reason=self.unpaid_reason.data if losses else "",
            other_insurance=self.other_insurance.data,
            other_insurer=self.other_insurer.data if elsewhere else "",
            declined_before=self.declined_before.answer,
            purposes=tuple(self.purposes.data),
        )

    def problems(self, context: Context) -> list[Problem]:
        return business.check(self.read(context))
