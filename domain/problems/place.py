"""What is said about places."""

from domain.words import N_

MESSAGES = {
    "county_unknown": N_("从名单中选择西藏的县、区或市"),
}
