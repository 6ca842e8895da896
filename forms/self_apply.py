"""What a trader alone answers (自助申请): all steps in one page's controls, without what staff alone may fill.

Control names are ``<step>-<field>``, a buyer's ``buyers-<n>-<field>``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.words import ApplicantKind, IdKind, Language
from forms.steps import STEPS, Answers

MOST_BUYERS = 5
STAFF_ONLY = {
    "buyers": ("credit_grade_grade", "credit_grade_source", "credit_grade_as_of"),
    "declarations": ("filled_by_clerk", "read_back", "documents"),
}


FIRM_ONLY = (
    "legal_representative", "legal_representative_phone", "contact_position", "established_on", "ownership", "size",
    "affiliates",
)  # fmt: skip


def answers_of(controls: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    """Return the answers in a draft's shape; whatever else was sent is left out, buyers close up."""
    answers: dict[str, Any] = {step: {} for step in STEPS}
    buyers: dict[str, dict[str, list[str]]] = {}
    for control, values in controls:
        step, _, field = control.partition("-")
        if step == "buyers":
            number, _, field = field.partition("-")
            buyers.setdefault(number, {})[field] = values
        elif step in answers:
            answers[step][field] = values
    numbers = [number for number in map(str, range(MOST_BUYERS)) if number in buyers]
    return {**answers, "buyers": [buyers[number] for number in numbers] or [{}]}


def by_the_trader(answers: Answers, language: Language) -> dict[str, Any]:
    """Return what counts of *answers*, read in *language*: a person has one paper and is their own contact."""
    kept: dict[str, Any] = {step: answers.get(step) or {} for step in STEPS}
    person = kept["start"].get("kind") == [ApplicantKind.NATURAL_PERSON]
    return {
        **kept,
        "policyholder": (_person if person else _organisation)(kept["policyholder"]),
        "buyers": [_without(buyer, STAFF_ONLY["buyers"]) for buyer in kept["buyers"] or [{}]],
        "declarations": {**_without(kept["declarations"], STAFF_ONLY["declarations"]), "read_in": [language]},
    }


def moved(answers: dict[str, Any], at: str, go: str, most_buyers: int) -> str:
    """Return the group that the button *go* leads to from *at*; in *answers* a buyer is added or taken out."""
    step, _, number = at.partition("-")
    buyers, place = answers["buyers"], int(number) if number.isdigit() else 0
    if go == "another" and step == "buyers" and len(buyers) < most_buyers:
        buyers.insert(place + 1, {})
        return f"buyers-{place + 1}"
    if go == "remove" and step == "buyers" and 0 < place < len(buyers):
        buyers.pop(place)
        return f"buyers-{place - 1}"
    if go == "back":
        groups = names(len(buyers))
        return groups[max(groups.index(at) - 1, 0)] if at in groups else at
    return go.removeprefix("to=") if go.startswith("to=") else at


def names(buyers: int) -> list[str]:
    """Return the names of the groups of so many *buyers*, in the order in which they are asked."""
    groups = [[f"buyers-{number}" for number in range(buyers)] if step == "buyers" else [step] for step in STEPS]
    return [name for group in groups for name in group]


def _person(answers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    own: dict[str, list[str]] = {"id_kind": [IdKind.RESIDENT_ID], "contact": answers.get("name", [""])}
    return {**_without(answers, FIRM_ONLY), **own}


def _organisation(answers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    paper = answers.get("id_kind", [IdKind.CREDIT_CODE])
    return {**answers, "id_kind": [IdKind.CREDIT_CODE] if paper == [IdKind.RESIDENT_ID] else paper}


def _without(answers: Mapping[str, list[str]], names: Iterable[str]) -> dict[str, list[str]]:
    return {name: values for name, values in answers.items() if name not in names}
