"""The longest and strangest records that are legal: every entry empty, short, long or as long as may be, in any script.

Which entries are how long follows from one seed, what they say from another: records of one shape share plates.
"""

from datetime import date
from random import Random

from msgspec import convert, to_builtins

from demo import numbers
from domain.application import (
    Application,
    Arrears,
    Business,
    Buyer,
    CreditGrade,
    PointStamp,
    Policyholder,
    Quote,
    Trade,
)
from domain.money import HIGHEST_FEN
from domain.text import clean, undrawable
from domain.words import (
    ApplicantKind,
    AreaTag,
    IdKind,
    Industry,
    OtherInsurance,
    Ownership,
    PointKind,
    PolicyTag,
    Purpose,
    Size,
    TradeMode,
)
from drawable import coverage
from tests.papers import PLAIN
from tests.sample import PRODUCT, TODAY, changed

SHORT = 8
RARE = tuple("𬶍㐂䶮𣲗𫠜㛃𪨰𰻝𠅤𬍛𫖯𬸣僜妘龘靐齉爨麤鑫淼犇")
COMMON = tuple("西藏吉隆示例高原特色畜产品边境贸易供应链管理有限责任公司次仁卓玛一丨口·")
STACKED = ("བསྒྲུབས་", "རྒྱལ་", "སྐྱིད་", "གྲོང་", "བརྒྱད་", "བསྐྱོད་", "སྤྱི་", "ཕྱུགས་", "བླ་", "སྣ་", "ཉེན་", "འགན་")
SANSKRIT = ("ཧཱུྃ", "པདྨེ་", "ཨོཾ་", "ཀྵྨཱ", "རྡྷྱཱ", "ཛྙཱ་", "ཏྲཱཾ་", "ཧྲཱིཿ", "སྠཱུ", "བྷྲཱུྃ", "ཀྐྵྨླྺྲྱྃ", "སྭཱ་ཧཱ")
LATIN = tuple("WMwmiljfgQ@&%") + ("ffi", "Wj")
MARKS = (
    "（",
    "）",
    "《",
    "》",
    "，",
    "。",
    "、",
    "“",
    "”",
    "…",
    "—",
    "·",
    " ",
    "1",
    "8",
    "¥",
    "#",
    "<",
    "&",
    "甲",
    "乙",
)
SCRIPTS = (COMMON, RARE, STACKED, SANSKRIT, LATIN, MARKS, (*RARE, *STACKED, *LATIN, *MARKS))
AMOUNTS = (0, 1, 99, 10_000, 4_000_000, 987_654_321_098, HIGHEST_FEN)
COUNTIES = ("540234", "542335", "540102")


class Strange:
    """Writes records of the shape that *shape* says."""

    def __init__(self, shape: int, letters: Random) -> None:
        self.shape, self.letters = Random(shape), letters
        # Of some records no entry is long, so that all of them is printed.
        self.longest = self.shape.choice((SHORT, 30, 500, 500))

    def text(self, limit: int, least: int = 0) -> str:
        """Return text of at most *limit* characters, at least *least*, that no field refuses."""
        limit = min(limit, self.longest)
        length = self.shape.choice((least, min(SHORT, limit), min(SHORT, limit), limit // 2, limit))
        return self.written(length, self.shape.choice(SCRIPTS)) or "甲" * least

    def name(self) -> str:
        """Return a name of at most 60 characters: of letters, not of signs alone."""
        length = min(self.shape.choice((SHORT, 30, 60)), self.longest)
        return self.written(length, self.shape.choice((*SCRIPTS[:-2], SCRIPTS[-1]))) or "甲"

    def written(self, length: int, script: tuple[str, ...]) -> str:
        """Return *length* characters of *script*, fewer where spaces fall away."""
        written = "".join(self.letters.choices(script, k=length))[:length]
        return clean(written)

    def amount(self) -> int:
        """Return an amount in fen."""
        return self.letters.choice(AMOUNTS)

    def yes(self) -> bool:
        """Return one or the other."""
        return self.shape.random() < 0.5

    def day(self) -> date:
        """Return a date."""
        return date(self.letters.randint(1950, 2200), self.letters.randint(1, 12), self.letters.randint(1, 28))

    def application(self) -> Application:
        """Return an application with one to five buyers."""
        count = self.shape.choice((1, 1, 2, 3, 4, 5, 5))
        quote = Quote(
            lines=(), limits_fen=tuple(self.amount() for _ in range(count)), insured_fen=self.amount(),
            premium_fen=self.amount(), subsidy_fen=self.amount(), payable_fen=self.amount(),
        )  # fmt: skip
        return legal(changed(
            PLAIN,
            policyholder=self.holder(),
            buyers=tuple(self.buyer() for _ in range(count)),
            business=self.business(),
            quote=quote,
            clerk=self.text(60),
            point=PointStamp(code="ABCDEF", name=self.name(), kind=PointKind.COOPERATIVE, licensed=self.yes()),
            cover__tier=self.shape.choice([tier.code for tier in PRODUCT.tiers]),
            declarations__filled_by_clerk=self.yes(),
            consents__1__given=self.yes(),
        ))  # fmt: skip

    def holder(self) -> Policyholder:
        """Return a policyholder."""
        return Policyholder(
            kind=self.shape.choice(list(ApplicantKind)),
            name=self.name(),
            name_bo=clean("".join(self.letters.choices(STACKED + SANSKRIT, k=60))[: self.shape.choice((0, 30, 120))]),
            id_kind=self.shape.choice(list(IdKind)),
            id_number=numbers.credit_code("91", "540234", 1),
            established_on=self.day() if self.yes() else None,
            address=self.text(120, 1),
            county=self.shape.choice(COUNTIES),
            ownership=self.shape.choice([None, *Ownership]),
            size=self.shape.choice([None, *Size]),
            industry=self.shape.choice(list(Industry)),
            main_business=self.text(120),
            area_tags=tuple(AreaTag) if self.yes() else (),
            policy_tags=tuple(PolicyTag) if self.yes() else (),
            legal_representative=self.text(60),
            legal_representative_phone="W" * self.shape.choice((0, 11, 20)),
            contact=self.text(60, 1),
            contact_position=self.text(60),
            mobile=numbers.mobile(self.letters.randint(0, 999)),
            affiliates=self.text(500),
        )

    def business(self) -> Business:
        """Return what the applicant says of their trade."""
        return Business(
            trade_mode=self.shape.choice(list(TradeMode)),
            usual_credit_days=self.letters.randint(0, 3650),
            longest_credit_days=self.letters.randint(0, 3650),
            last_year_sales_fen=self.amount(),
            next_year_sales_fen=self.amount(),
            unpaid_losses=self.yes(),
            unpaid_losses_fen=self.amount(),
            unpaid_reason=self.text(500),
            other_insurance=self.shape.choice(list(OtherInsurance)),
            other_insurer=self.text(120),
            declined_before=self.yes(),
            purposes=tuple(Purpose)[: self.shape.randint(1, len(Purpose))],
        )

    def buyer(self) -> Buyer:
        """Return a buyer and the trade with them."""
        return Buyer(
            registered_in_mainland=self.yes(),
            name=self.name(),
            credit_code=numbers.credit_code("91", "540102", self.letters.randint(0, 999)),
            address=self.text(120),
            related=self.yes(),
            relation=self.text(500),
            first_trade_year=self.shape.choice((None, 1950, 2200)),
            yearly_sales_fen=self.amount(),
            highest_balance_fen=self.amount(),
            credit_grade=CreditGrade(
                grade=self.text(20, 1), source=self.text(120), as_of=self.day() if self.yes() else None
            ),
            trade=self.trade(),
            arrears=Arrears(owed=self.yes(), amount_fen=self.amount(), longest_days=3650, note=self.text(500)),
        )

    def trade(self) -> Trade:
        """Return one delivery."""
        return Trade(
            goods=self.text(120, 1),
            contract_number=self.text(120, 1),
            contract_date=self.day() if self.yes() else None,
            invoice_number=self.text(120),
            invoice_date=self.day() if self.yes() else None,
            delivery_date=TODAY,
            amount_fen=self.amount(),
            credit_days=self.letters.randint(0, 3650),
            due_date=self.day(),
            retention_of_title=self.yes(),
        )


def legal(record: Application) -> Application:
    """Return *record* as the schema reads it. Raises where it is not legal after all, or cannot be drawn."""
    plain = to_builtins(record)
    assert undrawable(str(plain), coverage()) == []
    return convert(plain, Application)
