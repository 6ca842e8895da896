"""The tables as queries see them; ``sql/`` creates them, and a test keeps the two equal."""

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table, Text

metadata = MetaData()


def _table(name: str, *, text: str = "", number: str = "", binary: str = "") -> Table:
    kinds = ((Text, text), (BigInteger, number), (LargeBinary, binary))
    return Table(name, metadata, *(Column(column, kind()) for kind, columns in kinds for column in columns.split()))


migration = Table("migration", metadata, Column("name", Text, primary_key=True), Column("applied_at", Text))

point = _table("point", text="code name kind county licence state enrolled_at", number="licensed")
point_key = _table("point_key", text="point key_id state added_at suite until", binary="public_key")
invitation = _table("invitation", text="point key_id used_by", number="expires_at", binary="public_key body")
product = _table("product", text="id record_id valid_from valid_to loaded_at", number="version", binary="body")
limits = _table("limits", text="point set_at", binary="body")
handout = _table("handout", text="kind name area record_id loaded_at", number="version", binary="body")
buyer = _table("buyer", text="district credit_code", binary="body")
buyer_list = _table("buyer_list", text="district", number="version")
stream = _table(
    "stream", text="point producer epoch opened_at frozen_at", number="ordinal seq frozen_seq", binary="hash"
)
entry = _table(
    "entry",
    text="point producer epoch recorded_at record_id kind made_at made_by",
    number="seq position revision form_version",
    binary="body salt body_hash prev_hash hash",
)

application = _table(
    "application",
    text="point record_id producer epoch reference policyholder applied_on received_at state outcome policy_number",
    number="revision seq buyers amount_fen",
)
decision = _table(
    "decision",
    text="point record_id application outcome decided_on decided_by",
    number="application_revision",
    binary="body",
)
policy = _table(
    "policy",
    text="point policy_number application decision starts_on ends_on",
    number="insured_fen premium_fen",
)
attachment = _table(
    "attachment", text="point record_id application document media_type taken_on", number="size", binary="digest"
)
print = _table("print", text="point record_id application paper")
command = _table("command", text="point record_id verb subject ordered_at ordered_by result carried_out_at")
lead = _table("lead", text="point record_id applied_on standing refer_to", number="revision", binary="body")

bundle = _table("bundle", text="point taken_at file taken_by problem", number="entries")
backlog = _table("backlog", text="point since", number="position")
file = _table("file", text="point complete_at", number="size held", binary="digest")
piece = _table("piece", text="point", number="start", binary="digest data")

staff = _table("staff", text="name passphrase_hash added_at")
session = _table("session", text="token_hash staff", number="started_at seen_at")
sign_in_try = _table("sign_in_try", text="name_hash", number="failures wait_until")
visit = _table("visit", text="kind", number="period visits", binary="subject")
setup_code = _table("setup_code", text="code_hash made_at")
