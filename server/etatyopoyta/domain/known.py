"""What measures and goals name besides each other: owners, age groups, reasons."""

from collections.abc import Iterable

from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import Measure, MeasureState
from etatyopoyta.domain.refused import Refused

MAX_REASON_CHARACTERS = 500


def known_owner(desk: Desk, owner: str | None) -> str | None:
    """An organisation, a person or a network of the desk, else Refused("owner.gone")."""
    if owner is not None and owner not in desk:
        raise Refused("owner.gone", id=owner)
    return owner


def known_age_groups(desk: Desk, keys: Iterable[str] | None) -> tuple[str, ...] | None:
    """Each once, in the desk's order; None for none. Else Refused("age_group.gone")."""
    wanted = set(keys or ())
    known = [group.key for group in desk.info.age_groups]
    for key in sorted(wanted - set(known)):
        raise Refused("age_group.gone", id=key)
    return tuple(key for key in known if key in wanted) or None


def must_be_in_use(measure: Measure) -> Measure:
    """The measure, unless it was withdrawn or set aside."""
    if measure.state is MeasureState.WITHDRAWN:
        raise Refused("measure.withdrawn", id=measure.id)
    if not measure.is_in_use:
        raise Refused("measure.set_aside", id=measure.id, name=measure.name, state=measure.state)
    return measure


def must_be_free(desk: Desk, clusters: Iterable[str], besides: str | None = None) -> None:
    """Pass when no measure in use, `besides` one, is of these clusters (M3)."""
    wanted = set(clusters)
    for other in desk.of(Measure):
        if other.id != besides and other.is_in_use and not wanted.isdisjoint(other.clusters):
            raise Refused("measure.exists", id=other.id, name=other.name)
