"""The policyholder (投保人) step."""

from domain.application import Policyholder
from domain.check import policyholder
from domain.errors import Problem
from domain.region import COUNTIES
from domain.words import ApplicantKind, AreaTag, IdKind, Industry, Ownership, PolicyTag, Size
from forms.fields import Choice, Code, Day, FullName, Mobile, Options, Several, Text, TibetanName
from forms.step import Context, StepForm
from i18n import lazy


class PolicyholderForm(StepForm):
    """Who applies; for a natural person the contact is the person."""

    name = FullName("名称或姓名")
    name_bo = TibetanName("藏文名称", 120, required=False)
    id_kind = Choice("证件类型", IdKind)
    id_number = Code("证件号码")
    established_on = Day("成立日期", required=False)
    county = Options("所在县（市、区）", [(county.code, lazy(county.name)) for county in COUNTIES])
    address = Text("地址")
    industry = Choice("行业", Industry)
    main_business = Text("主营业务")
    ownership = Choice("企业性质", Ownership, required=False)
    size = Choice("企业规模", Size, required=False)
    area_tags = Several("所在重点区域", AreaTag)
    policy_tags = Several("政策标签", PolicyTag)
    legal_representative = FullName("法定代表人或负责人", required=False)
    legal_representative_phone = Text("法定代表人电话", 20, required=False)
    contact = FullName("联系人")
    contact_position = Text("联系人职务", 60, required=False)
    mobile = Mobile("联系人手机号")
    affiliates = Text("母公司和关联企业", 500, required=False)

    def offer(self, context: Context) -> None:
        """Offer an organisation no identity card; a person has no other paper, so none is asked."""
        if context.start["kind"] is not ApplicantKind.NATURAL_PERSON:
            self.id_kind.choices = [choice for choice in self.id_kind.choices if choice.value != IdKind.RESIDENT_ID]

    def read(self, context: Context) -> Policyholder:
        kind: ApplicantKind = context.start["kind"]
        return Policyholder(
            kind=kind,
            name=self.name.data,
            name_bo=self.name_bo.data,
            id_kind=self.id_kind.data,
            id_number=self.id_number.data,
            established_on=self.established_on.data,
            address=self.address.data,
            county=self.county.data,
            ownership=self.ownership.data,
            size=self.size.data,
            industry=self.industry.data,
            main_business=self.main_business.data,
            area_tags=tuple(self.area_tags.data),
            policy_tags=tuple(self.policy_tags.data),
            legal_representative=self.legal_representative.data,
            legal_representative_phone=self.legal_representative_phone.data,
            contact=self.contact.data,
            contact_position=self.contact_position.data,
            mobile=self.mobile.data,
            affiliates=self.affiliates.data,
        )

    def problems(self, context: Context) -> list[Problem]:
        return policyholder.check(self.read(context), context.today)
