"""The steps that give a card its title, headings and figures."""

from tests.domain.given import NOW, RATE, SMALL_DESK
from tests.replays.workshop import FANNYS, SYSTEMS, Step

from etatyopoyta.domain.card import AddCardText, EditCard, EditCardHeading, MoveCardText
from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.figures import (
    AddFigure,
    ImportedFigure,
    ImportFigures,
    RemoveFigure,
    SetFigure,
)
from etatyopoyta.domain.records import Text


def figures() -> list[Step]:
    """The card gets a title and headings; figures are added, fetched and removed."""
    fetched = ImportedFigure(
        figure="sotkanet:127",
        base=2,
        value=157_500.0,
        as_of="2024-12-31",
        source="Sotkanet.fi, THL",
        unit="henkilöä",
        retrieved_ms=NOW,
    )
    return [
        (FillDesk(records=tuple(SMALL_DESK)), SYSTEMS),  # type: ignore[arg-type]
        (
            EditCard(base=1, title=Text(fi="Järjestökortti 2", sv="Kort"), period="2026–2029"),
            FANNYS,
        ),
        (EditCardHeading(base=2, section="strengths", period=""), FANNYS),
        (EditCardHeading(base=3, section="population", title=Text(fi="Luvut")), FANNYS),
        (AddCardText(id="text_1", section="strengths", text="Talkoot"), FANNYS),
        (AddCardText(id="text_2", section="strengths", text="Tilat", kind="challenge"), FANNYS),
        (MoveCardText(id="text_2", before="text_1"), FANNYS),
        (SetFigure(id=RATE.id, base=1, value=None, source_ref="sotkanet:127"), FANNYS),
        (
            AddFigure(
                id="figure_new",
                section="population",
                label=Text(fi="Väestöennuste"),
                source_ref="sotkanet:746",
            ),
            FANNYS,
        ),
        (
            SetFigure(
                id="figure_new",
                base=1,
                value=150_000.0,
                as_of="2040",
                made_in="2024",
                region="Kymenlaakso",
                remark=Text(fi="Laskelma"),
            ),
            FANNYS,
        ),
        (ImportFigures(rows=(fetched,), is_confirmed=True), FANNYS),
        (RemoveFigure(id="figure_new"), FANNYS),
    ]
