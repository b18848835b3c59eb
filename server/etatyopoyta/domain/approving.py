"""Approvals: persons named for a network agree to the wording of its rows."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from etatyopoyta.domain.command import Asked, Command, Gone, must_be_new
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.permissions import ALWAYS
from etatyopoyta.domain.records import (
    Approval,
    ApprovalId,
    Goal,
    GoalId,
    GoalState,
    May,
    Network,
    NetworkId,
    Person,
    PersonId,
    Record,
)
from etatyopoyta.domain.refused import Refused

MAX_APPROVERS = 20


class NameApprovers(Command, frozen=True, tag="network.approvers"):
    """Say who approves the wording of a network's rows; nobody, with an empty list.

    U1  Approvers are persons of the desk who may approve and were not sent away.
    U2  What was approved already stays so, whoever is named later.
    """

    may = May.EDIT_DESK

    network: NetworkId
    approvers: Annotated[tuple[PersonId, ...], Meta(max_length=MAX_APPROVERS)]

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        network = desk.get(Network, self.network)
        for each in self.approvers:
            person = desk.get(Person, each)
            if May.APPROVE not in ALWAYS[person.role] or person.removed_ms is not None:
                raise Refused("approval.not_for_role", id=person.id)
        approvers = tuple(dict.fromkeys(self.approvers))
        yield replace(network, approvers=approvers or None)


class GiveApproval(Command, frozen=True, tag="approval.give"):
    """Agree to the wording of a goal.

    U3  Only an approver of the goal's network does.
    U4  Only goals on the card are approved.
    U5  What is approved is the wording that was read: another one is refused with the present.
    U6  One person, one approval of a goal: giving it again renews it, or changes nothing.
    """

    may = May.APPROVE

    id: ApprovalId
    goal: GoalId
    wording: str

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Record]:
        goal = desk.get(Goal, self.goal)
        network = desk.get(Network, goal.network)
        if asked.by not in (network.approvers or ()):
            raise Refused("approval.not_approver", network=network.id)
        if goal.state is not GoalState.ON_CARD:
            raise Refused("approval.not_on_card", id=goal.id)
        if self.wording != goal.text:
            raise Refused("text.changed", id=goal.id, text=goal.text, version=goal.version)
        given = next(
            (a for a in desk.of(Approval) if a.goal == goal.id and a.by == asked.by),
            None,
        )
        if given is not None and counts(desk, given):
            return
        if given is None:
            must_be_new(desk, self.id)
        yield Approval(
            id=self.id if given is None else given.id,
            network=network.id,
            goal=goal.id,
            by=asked.by,
            wording=goal.text,
            at_ms=asked.at_ms,
        )


class TakeBackApproval(Command, frozen=True, tag="approval.take_back"):
    """Do not agree any more.

    U7  Everybody takes back their own approval only.
    """

    may = May.APPROVE

    id: ApprovalId

    def decide(self, desk: Desk, asked: Asked) -> Iterator[Gone]:
        approval = desk.get(Approval, self.id)
        if approval.by != asked.by:
            raise Refused("approval.not_yours", id=approval.id)
        yield Gone(approval.id)


class Tally(Struct, frozen=True):
    """How far the networks have approved. Those without a goal on the card have nothing to."""

    with_goals: tuple[str, ...]
    """Networks that have a goal on the card."""
    missing: tuple[str, ...]
    """Those of them with a goal that nobody approves as it is worded now."""


def counts(desk: Desk, approval: Approval) -> bool:
    """Whether the goal is on the card, in that network, and still worded as it was approved."""
    return agrees(approval, desk.find(approval.goal))


def agrees(approval: Approval, goal: Record | None) -> bool:
    """Whether this is what was approved: the goal on the card, in that network, so worded."""
    return (
        isinstance(goal, Goal)
        and goal.state is GoalState.ON_CARD
        and goal.network == approval.network
        and goal.text == approval.wording
    )


def tally(desk: Desk) -> Tally:
    """Which networks have approved every goal of theirs that is on the card."""
    approved = {approval.goal for approval in desk.of(Approval) if counts(desk, approval)}
    on_card = [goal for goal in desk.of(Goal) if goal.state is GoalState.ON_CARD]
    networks = sorted(desk.of(Network), key=lambda network: (network.order, network.id))
    having = {goal.network for goal in on_card}
    open_in = {goal.network for goal in on_card if goal.id not in approved}
    return Tally(
        with_goals=tuple(network.id for network in networks if network.id in having),
        missing=tuple(network.id for network in networks if network.id in open_in),
    )
