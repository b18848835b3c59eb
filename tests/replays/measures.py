"""The steps of the council that agrees on its measures: defined, accepted, merged, put aside."""

from msgspec.structs import replace
from tests.domain.given import CULTURE, HERE, INFO, MARTAT, P1, SMALL_DESK
from tests.properties.started import AGE_GROUPS
from tests.replays.workshop import FANNYS, SYSTEMS, Step

from etatyopoyta.domain.clusters import MakeCluster
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.goals import EditGoal, ParkGoal, PlaceGoal, PromoteMeasure
from etatyopoyta.domain.measures import (
    AcceptMeasure,
    EditMeasure,
    ParkMeasure,
    ProposeMeasure,
    RejectMeasure,
    ReopenMeasure,
)
from etatyopoyta.domain.merging import MergeMeasures, UnmergeMeasure
from etatyopoyta.domain.notes import AddNote
from etatyopoyta.domain.records import Direction, Level, Point


def measures() -> list[Step]:
    """Four measures: one is defined and accepted, one merged into it, two are put aside."""
    aged = replace(INFO, age_groups=AGE_GROUPS)
    desk = [aged if record.id == INFO.id else record for record in SMALL_DESK]
    groups: list[Step] = [
        step
        for i in range(1, 5)
        for step in (
            (AddNote(id=f"note_{i}", text=f"Lappu {i}", at=Point(i, i)), FANNYS),
            (
                MakeCluster(id=f"cluster_{i}", notes=(f"note_{i}",), title=f"Ryhmä {i}", at=HERE),
                FANNYS,
            ),
            (
                ProposeMeasure(
                    id=f"measure_{i}",
                    cluster=f"cluster_{i}",
                    name=f"Mittari {i}",
                    source="laskuri",
                    interval="kuukausi",
                ),
                FANNYS,
            ),
        )
    ]
    return [
        (FillDesk(records=tuple(desk)), SYSTEMS),  # type: ignore[arg-type]
        *groups,
        (
            EditMeasure(
                id="measure_1",
                base=1,
                name_sv="Mätare 1",
                meaning="Montako ihmistä tavoitettiin.",
                collection="lasketaan ovella",
                owner=MARTAT,
                direction=Direction.MORE,
                baseline=412.0,
                baseline_as_of="2025",
                target=500.0,
                target_year=2029,
                level=Level.OUTPUT,
                age_groups=("young", "old"),
                indicator="sotkanet:127",
            ),
            FANNYS,
        ),
        (EditMeasure(id="measure_1", base=2, collection=None, age_groups=("old",)), FANNYS),
        (AcceptMeasure(id="measure_1"), FANNYS),
        *(
            (
                PromoteMeasure(
                    id=f"goal_{i}",
                    measure=f"measure_{i}",
                    focus_area=P1,
                    network=CULTURE.id,
                    text=f"Tavoite {i}",
                ),
                FANNYS,
            )
            for i in (1, 2)
        ),
        (MergeMeasures(id="measure_2", into="measure_1", reason="Sama asia"), FANNYS),
        (ParkMeasure(id="measure_3", reason="Ensi vuonna"), FANNYS),
        (ReopenMeasure(id="measure_3"), FANNYS),
        (ParkMeasure(id="measure_3"), FANNYS),
        (RejectMeasure(id="measure_4", reason="Ei laskettavissa"), FANNYS),
        (EditGoal(id="goal_1", base=1, age_groups=("young", "old"), owner=CULTURE.id), FANNYS),
        (ParkGoal(id="goal_2", reason="Liian laaja"), FANNYS),
        (PlaceGoal(id="goal_2", focus_area=P1, network=CULTURE.id), FANNYS),
    ]


def merging() -> list[Step]:
    """Two measures are merged into a third one, and one of the merges is undone."""
    agreed = next(
        i for i, (command, _) in enumerate(measures()) if isinstance(command, MergeMeasures)
    )
    return [
        *measures()[:agreed],
        (MergeMeasures(id="measure_2", into="measure_1", reason="Sama asia"), FANNYS),
        (MergeMeasures(id="measure_3", into="measure_1", reason="Sama sekin"), FANNYS),
        (UnmergeMeasure(id="measure_2"), FANNYS),
    ]
