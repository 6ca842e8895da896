"""The JSON Schemas of everything that travels (资料格式), made from the types, one for each kind of record."""

from typing import Any

import msgspec

from domain.activity import Activity
from domain.application import Application
from domain.attachment import Attachment
from domain.blank import Blank
from domain.calendar import Calendar
from domain.claim import Claim, LossNotice
from domain.codelist import CodeList
from domain.command import CarriedOut, Command
from domain.decision import Decision
from domain.declaration import Declaration
from domain.known_buyer import BuyerChange
from domain.lead import Lead
from domain.limits import Limits
from domain.print import Print
from domain.product import SignedProduct

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "application": ("Application for cover (投保申请)", Application),
    "attachment": ("Photograph of a paper (材料照片)", Attachment),
    "lead": ("Lead, referred elsewhere (转办线索)", Lead),
    "activity": ("What was done by whom (操作记录)", Activity),
    "print": ("Print of a paper (打印记录)", Print),
    "blank": ("Numbered blank form (编号空白表)", Blank),
    "carried_out": ("Answer to a command (对指令的回复)", CarriedOut),
    "decision": ("Decision of the insurer (保险公司的决定)", Decision),
    "product": ("Signed product (保险产品)", SignedProduct),
    "limits": ("Limits of a point (同步限额)", Limits),
    "codes": ("Code list (代码表)", CodeList),
    "calendar": ("Calendar of working days (放假和调休)", Calendar),
    "buyers": ("Change to the list of known buyers (买方名单)", BuyerChange),
    "command": ("Command to a point (指令)", Command),
}
# Kinds that have their papers already, but that nothing writes and sends yet.
COMING: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "declaration": ("Declaration of sales (申报单)", Declaration),
    "loss_notice": ("Notice of possible loss (可能损失通知书)", LossNotice),
    "claim": ("Claim (索赔申请)", Claim),
}


def of_kind(kind: str) -> dict[str, Any]:
    """Return the schema of the bodies of *kind*; every type of the record is one entry of ``$defs``."""
    title, record = (KINDS | COMING)[kind]
    (root,), definitions = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    return {"$schema": DIALECT, "title": title, **root, "$defs": definitions}
