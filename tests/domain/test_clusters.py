"""Clusters of notes."""

import pytest
from msgspec.structs import replace
from tests.domain.given import BREAD, HERE, MILK, THERE, a_cluster, a_measure, a_note, given

from etatyopoyta.domain.clusters import (
    AddToCluster,
    DissolveCluster,
    MakeCluster,
    MergeClusters,
    MoveClusters,
    NameCluster,
    SplitCluster,
    UngroupNotes,
)
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Cluster
from etatyopoyta.domain.text import MAX_TITLE_CHARACTERS

ONE, TWO = a_cluster("cluster_1"), a_cluster("cluster_2", title="Ruoka", at=THERE)
MILK_IN_ONE = replace(MILK, cluster=ONE.id)
BREAD_IN_ONE = replace(BREAD, cluster=ONE.id)
BREAD_IN_TWO = replace(BREAD, cluster=TWO.id)
SECRET = a_note("note_secret", is_hidden=True)


def making(*notes: str, title: str = "Liikunta") -> MakeCluster:
    return MakeCluster(id=ONE.id, notes=notes, title=title, at=HERE)


def splitting(*notes: str, title: str = "Ruoka") -> SplitCluster:
    return SplitCluster(cluster=ONE.id, notes=notes, id=TWO.id, title=title, at=THERE)


def test_C1_notes_become_a_cluster():
    given(MILK, BREAD).when(making(MILK.id, BREAD.id)).then(ONE, MILK_IN_ONE, BREAD_IN_ONE)


@pytest.mark.parametrize(
    "command",
    [
        making(MILK.id, SECRET.id),
        AddToCluster(cluster=TWO.id, notes=(SECRET.id,)),
    ],
)
def test_C1_a_hidden_note_is_in_no_cluster(command: Command):
    given(MILK, BREAD_IN_TWO, TWO, SECRET).when(command).then_refused("note.hidden", id=SECRET.id)


def test_C1_a_cluster_is_not_made_twice():
    given(MILK_IN_ONE, ONE, BREAD).when(making(BREAD.id)).then_refused("id.taken", id=ONE.id)


def test_C1_a_note_that_is_gone_is_in_no_cluster():
    given(MILK).when(making(MILK.id, BREAD.id)).then_refused("note.gone", id=BREAD.id)


def test_C1_a_cluster_that_is_gone_takes_no_notes():
    given(MILK).when(AddToCluster(cluster=ONE.id, notes=(MILK.id,))).then_refused("cluster.gone")


def test_C2_a_cluster_that_lost_its_last_note_goes():
    outcome = given(MILK_IN_ONE, ONE, BREAD_IN_TWO, TWO).when(
        AddToCluster(cluster=TWO.id, notes=(MILK.id,))
    )
    outcome.then(replace(MILK, cluster=TWO.id)).then_gone(ONE.id)


def test_C2_a_cluster_that_keeps_a_note_stays():
    outcome = given(MILK_IN_ONE, BREAD_IN_ONE, ONE, TWO).when(
        AddToCluster(cluster=TWO.id, notes=(MILK.id,))
    )
    outcome.then(replace(MILK, cluster=TWO.id)).then_gone()


def test_C2_an_empty_cluster_stays_when_a_measure_came_from_it():
    measure = a_measure("measure_1", clusters=(TWO.id,))
    outcome = given(MILK, BREAD_IN_TWO, TWO, measure).when(making(MILK.id, BREAD.id))
    outcome.then(ONE, MILK_IN_ONE, BREAD_IN_ONE).then_gone()


def test_C2_a_new_cluster_empties_an_old_one():
    outcome = given(BREAD_IN_TWO, TWO).when(making(BREAD.id))
    outcome.then(ONE, BREAD_IN_ONE).then_gone(TWO.id)


def test_C2_adding_what_is_inside_changes_nothing():
    given(MILK_IN_ONE, ONE).when(AddToCluster(cluster=ONE.id, notes=(MILK.id,))).then_nothing()


def test_C2_a_note_taken_out_leaves_an_empty_cluster_that_goes():
    outcome = given(MILK_IN_ONE, ONE).when(UngroupNotes(to={MILK.id: THERE}))
    outcome.then(replace(MILK, at=THERE)).then_gone(ONE.id)


def test_C3_a_note_that_is_in_no_cluster_stays_where_it_is():
    given(MILK).when(UngroupNotes(to={MILK.id: THERE})).then_nothing()


def test_C3_of_several_notes_only_the_grouped_ones_move():
    outcome = given(MILK_IN_ONE, BREAD, ONE).when(UngroupNotes(to={MILK.id: HERE, BREAD.id: HERE}))
    outcome.then(MILK).then_gone(ONE.id)


def test_C4_a_cluster_gets_another_title():
    given(ONE).when(NameCluster(cluster=ONE.id, title=" Ruoka ")).then(replace(ONE, title="Ruoka"))


def test_C4_a_title_is_not_blank():
    given(ONE).when(NameCluster(cluster=ONE.id, title=" ")).then_refused("cluster.empty")
    given(MILK).when(making(MILK.id, title=" ")).then_refused("cluster.empty")
    given(MILK_IN_ONE, BREAD_IN_ONE, ONE).when(splitting(MILK.id, title="")).then_refused(
        "cluster.empty"
    )


def test_C4_a_title_has_at_most_200_characters():
    assert MAX_TITLE_CHARACTERS == 200
    longest = "x" * MAX_TITLE_CHARACTERS
    given(ONE).when(NameCluster(cluster=ONE.id, title=longest)).then(replace(ONE, title=longest))
    given(ONE).when(NameCluster(cluster=ONE.id, title=longest + "x")).then_refused(
        "cluster.too_long"
    )


def test_a_moved_cluster_keeps_its_notes_as_they_are():
    outcome = given(MILK_IN_ONE, ONE).when(MoveClusters(to={ONE.id: THERE}))
    outcome.then(replace(ONE, at=THERE))


def test_a_cluster_that_is_gone_does_not_move():
    given(ONE).when(MoveClusters(to={ONE.id: THERE, TWO.id: HERE})).then_refused("cluster.gone")


def test_C5_the_notes_go_into_the_one_cluster():
    outcome = given(MILK_IN_ONE, ONE, BREAD_IN_TWO, TWO).when(
        MergeClusters(into=ONE.id, clusters=(TWO.id,))
    )
    outcome.then(BREAD_IN_ONE).then_gone(TWO.id)


def test_C5_a_measure_points_at_the_cluster_that_its_own_went_into():
    measure = a_measure("measure_1", clusters=(TWO.id, ONE.id))
    outcome = given(ONE, TWO, measure).when(MergeClusters(into=ONE.id, clusters=(TWO.id,)))
    outcome.then(replace(measure, clusters=(ONE.id,))).then_gone(TWO.id)


def test_C5_a_measure_of_another_cluster_is_left_alone():
    other = a_measure("measure_1", clusters=("cluster_3",))
    outcome = given(ONE, TWO, a_cluster("cluster_3"), other).when(
        MergeClusters(into=ONE.id, clusters=(TWO.id,))
    )
    outcome.then().then_gone(TWO.id)


def test_C6_a_cluster_is_not_merged_into_itself():
    command = MergeClusters(into=ONE.id, clusters=(TWO.id, ONE.id))
    given(ONE, TWO).when(command).then_refused("cluster.itself", id=ONE.id)


def test_C6_both_clusters_must_be_there():
    command = MergeClusters(into=ONE.id, clusters=(TWO.id,))
    given(ONE).when(command).then_refused("cluster.gone", id=TWO.id)
    given(TWO).when(command).then_refused("cluster.gone", id=ONE.id)


def test_C7_some_notes_of_a_cluster_become_another_one():
    outcome = given(MILK_IN_ONE, BREAD_IN_ONE, ONE).when(splitting(BREAD.id))
    outcome.then(TWO, BREAD_IN_TWO).then_gone()


def test_C7_at_least_one_note_stays_behind():
    given(MILK_IN_ONE, BREAD_IN_ONE, ONE).when(splitting(MILK.id, BREAD.id)).then_refused(
        "cluster.nothing_left", id=ONE.id
    )


def test_C7_the_notes_are_of_that_cluster():
    given(MILK_IN_ONE, BREAD, ONE).when(splitting(BREAD.id)).then_refused(
        "cluster.not_inside", id=ONE.id
    )


def test_C7_the_cluster_is_there_and_the_new_one_is_not():
    given(MILK).when(splitting(MILK.id)).then_refused("cluster.gone", id=ONE.id)
    given(MILK_IN_ONE, BREAD_IN_ONE, ONE, TWO).when(splitting(MILK.id)).then_refused("id.taken")


def test_C8_a_dissolved_cluster_lets_its_notes_go_where_they_are_told():
    elsewhere = a_note("note_elsewhere", cluster=TWO.id)
    outcome = given(MILK_IN_ONE, BREAD_IN_ONE, ONE, TWO, elsewhere).when(
        DissolveCluster(cluster=ONE.id, to={MILK.id: THERE, elsewhere.id: THERE})
    )
    outcome.then(replace(MILK, at=THERE), BREAD).then_gone(ONE.id)


def test_C8_a_cluster_that_a_measure_came_from_is_not_dissolved():
    measure = a_measure("measure_1", clusters=(ONE.id,))
    given(MILK_IN_ONE, ONE, measure).when(DissolveCluster(cluster=ONE.id)).then_refused(
        "cluster.in_use", id=ONE.id, measure=measure.name
    )


def test_C8_a_measure_of_another_cluster_holds_nothing():
    measure = a_measure("measure_1", clusters=(TWO.id,))
    outcome = given(MILK_IN_ONE, ONE, TWO, measure).when(DissolveCluster(cluster=ONE.id))
    outcome.then(MILK).then_gone(ONE.id)
    assert outcome.desk.count(Cluster) == 1
