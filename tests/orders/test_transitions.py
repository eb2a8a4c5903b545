"""The state table is complete and names only things that exist."""

import pytest

from beian.actions.deadlines import deadline_kinds
from beian.actors import ActorKind
from orders import notices
from orders.due import MAIN, SIDE
from orders.effects import EFFECTS
from orders.enums import CLOSED_STATES, OrderState
from orders.guards import GUARDS
from orders.transitions import START, TRANSITIONS


def test_names_are_unique():
    names = [transition.name for transition in TRANSITIONS]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda transition: transition.name)
def test_row_names_only_known_guards_effects_notices_and_deadlines(transition):
    assert set(transition.guards) <= set(GUARDS)
    assert set(transition.effects) <= set(EFFECTS)
    assert set(transition.notices) <= set(notices.texts())
    assert {*transition.start, *transition.stop} <= {*MAIN, *SIDE}


def test_every_guard_and_effect_is_used():
    used_guards = {guard for transition in TRANSITIONS for guard in transition.guards}
    used_effects = {effect for transition in TRANSITIONS for effect in transition.effects}

    assert set(GUARDS) == used_guards
    assert set(EFFECTS) == used_effects


def test_every_deadline_has_a_handler():
    assert {*MAIN, *SIDE} <= deadline_kinds()


def test_every_state_is_reached_from_the_start():
    reached, edge = set(), {START.to_state}
    while edge:
        reached |= edge
        edge = {
            transition.to_state
            for transition in TRANSITIONS
            if reached & set(transition.from_states)
        } - reached

    assert reached == set(OrderState)


def test_every_open_state_can_be_left():
    left = {source for transition in TRANSITIONS for source in transition.from_states}

    assert set(OrderState) - CLOSED_STATES <= left


def test_applicant_has_no_act_while_the_bureau_reviews():
    acts = [
        transition.name
        for transition in TRANSITIONS
        if OrderState.BUREAU_REVIEW in transition.from_states
        and ActorKind.APPLICANT in transition.kinds
    ]

    assert acts == []


@pytest.mark.parametrize("key", sorted(notices.texts()))
def test_notice_text_fills_in_both_languages(key):
    class Anything(dict):
        def __missing__(self, name):
            return name

    text = notices.texts()[key]
    for language in ("zh", "en"):
        assert text.subject[language].format_map(Anything())
        assert text.body[language].format_map(Anything())
