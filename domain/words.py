"""The closed lists of the trade and what they are called (source text Chinese, translated by the catalogue)."""

from enum import StrEnum


def N_(text: str) -> str:
    """Mark *text* for the message catalogue without translating it here."""
    return text


class Word(StrEnum):
    """A word of one closed list; the same value in another list ("bank") is another word."""

    def __eq__(self, other: object) -> bool:
        return self is other if isinstance(other, Word) else str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


class ApplicantKind(Word):
    """Who applies (投保主体)."""

    ENTERPRISE = "enterprise"
    INDIVIDUAL_BUSINESS = "individual_business"
    COOPERATIVE = "cooperative"
    VILLAGE_COLLECTIVE = "village_collective"
    NATURAL_PERSON = "natural_person"


class IdKind(Word):
    """The paper an applicant is known by (证件类型)."""

    CREDIT_CODE = "credit_code"
    RESIDENT_ID = "resident_id"
    OLD_LICENCE = "old_licence"


class TradeMode(Word):
    """How the goods are sold (贸易方式); only the domestic leg is insurable."""

    WHOLESALE = "wholesale"
    RETAIL = "retail"
    PROCESSING = "processing"
    SERVICE = "service"
    BORDER_SMALL_TRADE = "border_small_trade"
    BORDER_MARKET = "border_market"
    EXPORT = "export"


class Industry(Word):
    """The region's nine plateau industries and the rest (行业; 藏发改财金〔2026〕115号)."""

    FARMING = "farming"
    CLEAN_ENERGY = "clean_energy"
    GREEN_INDUSTRY = "green_industry"
    HIGH_TECH = "high_tech"
    AVIATION = "aviation"
    MODERN_SERVICES = "modern_services"
    CULTURE_TOURISM = "culture_tourism"
    TIBETAN_MEDICINE = "tibetan_medicine"
    BORDER_LOGISTICS = "border_logistics"
    OTHER = "other"


class AreaTag(Word):
    """Key areas of the policy (重点区域)."""

    HIGH_TECH_ZONE = "high_tech_zone"
    DEVELOPMENT_ZONE = "development_zone"
    BORDER_COOPERATION_ZONE = "border_cooperation_zone"
    BONDED_ZONE = "bonded_zone"


class PolicyTag(Word):
    """Policy programmes an applicant belongs to (政策标签)."""

    SOUTH_ASIA_CORRIDOR = "south_asia_corridor"
    TWO_MARKETS = "two_markets"
    DISTRIBUTION = "distribution"
    SPECIALISED = "specialised"
    RENEWAL = "renewal"


class Ownership(Word):
    """Nature of the enterprise (企业性质)."""

    PRIVATE = "private"
    STATE = "state"
    COLLECTIVE = "collective"
    FOREIGN = "foreign"


class Size(Word):
    """Size of the enterprise (企业规模)."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class OtherInsurance(Word):
    """Credit insurance elsewhere (其他信用保险)."""

    NONE = "none"
    CURRENT = "current"
    PAST = "past"


class Purpose(Word):
    """Why cover is wanted (投保目的)."""

    SECURE_PAYMENT = "secure_payment"
    FINANCING = "financing"
    BUYER_INFORMATION = "buyer_information"
    INTERNAL_CONTROL = "internal_control"


class Channel(Word):
    """How the application came (受理渠道)."""

    COUNTER = "counter"
    SELF = "self"
    CAMPAIGN = "campaign"
    LIST = "list"


class PointKind(Word):
    """What kind of place a service point is (服务点类型)."""

    BANK = "bank"
    COOPERATIVE = "cooperative"
    CHAMBER = "chamber"


class ConsentKind(Word):
    """The separate consents (单独同意): each has its own text, its own tick and its own recipient."""

    INSURER = "insurer"
    CREDIT_QUERY = "credit_query"
    BANK = "bank"


class Standing(Word):
    """What the product's rules say of an applicant (适保结论)."""

    INSURABLE = "insurable"
    CONFIRM = "confirm"
    REFER = "refer"


class Outcome(Word):
    """What the insurer decided (核保结论)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    SUPPLEMENT = "supplement"
    QUARANTINED = "quarantined"


class BuyerStatus(Word):
    """How the insurer sees a buyer today (买方状态), indicative."""

    NORMAL = "normal"
    WATCH = "watch"
    PAUSED = "paused"


class DeclarationKind(Word):
    """How sales on credit are declared (申报方式): each one, all of a month, or late (补报)."""

    EACH = "each"
    MONTHLY = "monthly"
    LATE = "late"


class LossCause(Word):
    """Why a buyer does not pay (致损原因)."""

    INSOLVENCY = "insolvency"
    ARREARS = "arrears"
    OTHER = "other"


class Role(Word):
    """What somebody may do at the counter (岗位)."""

    CLERK = "clerk"
    MANAGER = "manager"


class Language(Word):
    """The two languages of every page and paper."""

    CHINESE = "zh"
    TIBETAN = "bo"


class ScriptOrder(Word):
    """In which languages a copy of a paper speaks, and which stands first (文字次序)."""

    ZH_FIRST = "zh_first"
    BO_FIRST = "bo_first"
    ZH = "zh"
    BO = "bo"


class PaperSize(Word):
    """What a paper is printed on (纸张): 80 mm is the roll of a receipt printer."""

    A4 = "a4"
    A5 = "a5"
    ROLL = "roll80"


class PrintReason(Word):
    """Why a paper that was printed is printed again (补打原因)."""

    DAMAGED = "damaged"
    LOST = "lost"
    EXTRA = "extra"
    PRINTER = "printer"
    OTHER = "other"


class Change(Word):
    """What makes a paper differ from the one that was printed first (变化)."""

    REVISION = "revision"
    ANSWER = "answer"
    PRODUCT = "product"
    LAYOUT = "layout"
    SETTINGS = "settings"


class BlankState(Word):
    """Where a numbered blank form is (空白表状态): handed out, keyed in, spoiled."""

    OUT = "out"
    USED = "used"
    SPOILED = "spoiled"


NAMES: dict[Word, str] = {
    ApplicantKind.ENTERPRISE: N_("企业"),
    ApplicantKind.INDIVIDUAL_BUSINESS: N_("个体工商户"),
    ApplicantKind.COOPERATIVE: N_("农民专业合作社"),
    ApplicantKind.VILLAGE_COLLECTIVE: N_("村集体经济组织"),
    ApplicantKind.NATURAL_PERSON: N_("自然人"),
    IdKind.CREDIT_CODE: N_("统一社会信用代码"),
    IdKind.RESIDENT_ID: N_("居民身份证"),
    IdKind.OLD_LICENCE: N_("旧版营业执照（待换照）"),
    TradeMode.WHOLESALE: N_("国内批发"),
    TradeMode.RETAIL: N_("卖给国内商店"),
    TradeMode.PROCESSING: N_("落地加工后卖到国内"),
    TradeMode.SERVICE: N_("国内服务"),
    TradeMode.BORDER_SMALL_TRADE: N_("边境小额贸易（卖到国外）"),
    TradeMode.BORDER_MARKET: N_("边民互市"),
    TradeMode.EXPORT: N_("一般出口"),
    Industry.FARMING: N_("高原农牧业"),
    Industry.CLEAN_ENERGY: N_("清洁能源"),
    Industry.GREEN_INDUSTRY: N_("绿色工业"),
    Industry.HIGH_TECH: N_("高新数字产业"),
    Industry.AVIATION: N_("通用航空"),
    Industry.MODERN_SERVICES: N_("现代服务业"),
    Industry.CULTURE_TOURISM: N_("文化旅游"),
    Industry.TIBETAN_MEDICINE: N_("藏医药"),
    Industry.BORDER_LOGISTICS: N_("边贸物流"),
    Industry.OTHER: N_("其他行业"),
    AreaTag.HIGH_TECH_ZONE: N_("高新技术产业开发区"),
    AreaTag.DEVELOPMENT_ZONE: N_("经济技术开发区"),
    AreaTag.BORDER_COOPERATION_ZONE: N_("边境经济合作区"),
    AreaTag.BONDED_ZONE: N_("综合保税区"),
    PolicyTag.SOUTH_ASIA_CORRIDOR: N_("南亚大通道"),
    PolicyTag.TWO_MARKETS: N_("内外贸一体化"),
    PolicyTag.DISTRIBUTION: N_("商品分销体系"),
    PolicyTag.SPECIALISED: N_("专精特新"),
    PolicyTag.RENEWAL: N_("设备更新和以旧换新"),
    Ownership.PRIVATE: N_("民营"),
    Ownership.STATE: N_("国有"),
    Ownership.COLLECTIVE: N_("集体"),
    Ownership.FOREIGN: N_("外资"),
    Size.MICRO: N_("微型"),
    Size.SMALL: N_("小型"),
    Size.MEDIUM: N_("中型"),
    Size.LARGE: N_("大型"),
    OtherInsurance.NONE: N_("没有"),
    OtherInsurance.CURRENT: N_("现在有"),
    OtherInsurance.PAST: N_("以前有过"),
    Purpose.SECURE_PAYMENT: N_("保障回款"),
    Purpose.FINANCING: N_("用于融资"),
    Purpose.BUYER_INFORMATION: N_("了解买方"),
    Purpose.INTERNAL_CONTROL: N_("加强内部管理"),
    Channel.COUNTER: N_("柜台代办"),
    Channel.SELF: N_("自助申请"),
    Channel.CAMPAIGN: N_("商会活动"),
    Channel.LIST: N_("统保名单"),
    PointKind.BANK: N_("银行网点"),
    PointKind.COOPERATIVE: N_("供销社"),
    PointKind.CHAMBER: N_("商会协会"),
    BuyerStatus.NORMAL: N_("正常"),
    BuyerStatus.WATCH: N_("关注"),
    BuyerStatus.PAUSED: N_("暂停新增"),
    DeclarationKind.EACH: N_("逐笔申报"),
    DeclarationKind.MONTHLY: N_("按月汇总申报"),
    DeclarationKind.LATE: N_("补报"),
    LossCause.INSOLVENCY: N_("买方破产或者无力偿付"),
    LossCause.ARREARS: N_("买方拖欠货款"),
    LossCause.OTHER: N_("其他原因"),
    Role.CLERK: N_("经办员"),
    Role.MANAGER: N_("主管"),
    ConsentKind.INSURER: N_("向保险公司提供信息"),
    ConsentKind.CREDIT_QUERY: N_("查询信用信息"),
    ConsentKind.BANK: N_("向银行提供信息"),
    Standing.INSURABLE: N_("可以申请投保"),
    Standing.CONFIRM: N_("需保险公司确认"),
    Standing.REFER: N_("本产品不适用，转其他渠道"),
    Outcome.ACCEPTED: N_("已承保"),
    Outcome.DECLINED: N_("不予承保"),
    Outcome.SUPPLEMENT: N_("需要补充材料"),
    Outcome.QUARANTINED: N_("记录有误，待更正"),
    ScriptOrder.ZH_FIRST: N_("两种文字，中文在前"),
    ScriptOrder.BO_FIRST: N_("两种文字，藏文在前"),
    ScriptOrder.ZH: N_("只有中文"),
    ScriptOrder.BO: N_("只有藏文"),
    PaperSize.A4: N_("A4，两联"),
    PaperSize.A5: N_("A5，一联"),
    PaperSize.ROLL: N_("80毫米小票"),
    PrintReason.DAMAGED: N_("原来的损坏了"),
    PrintReason.LOST: N_("原来的丢了"),
    PrintReason.EXTRA: N_("投保人要多一份"),
    PrintReason.PRINTER: N_("打印机出错，没有打好"),
    PrintReason.OTHER: N_("其他原因"),
    Change.REVISION: N_("记录的版次"),
    Change.ANSWER: N_("保险公司的决定"),
    Change.PRODUCT: N_("产品版本"),
    Change.LAYOUT: N_("版式（程序版本）"),
    Change.SETTINGS: N_("本机的设置"),
    BlankState.OUT: N_("未用"),
    BlankState.USED: N_("已录入"),
    BlankState.SPOILED: N_("已作废"),
}
