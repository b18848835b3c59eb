"""What stands under the headings of the card."""

from etatyopoyta.cards.charts import charts
from etatyopoyta.cards.model import CardPart, FigureRow, FocusTable, MeasureRow, TextLine
from etatyopoyta.cards.words import Words, day_of
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.records import CardSection, CardText, Figure, FigureStatus


def card_parts(
    desk: Desk,
    words: Words,
    tables: tuple[FocusTable, ...],
    measures: tuple[MeasureRow, ...],
) -> tuple[CardPart, ...]:
    """The card's headings in their order, each with its content."""
    by_area = {table.key: table for table in tables}
    return tuple(
        CardPart(
            key=section.key,
            kind=section.kind,
            title=_title(words, section),
            texts=text_lines(desk, words, section.key),
            figures=figure_rows(desk, words, section.key),
            table=by_area.get(section.focus_area) if section.focus_area else None,
            measures=measures if section.kind == "measures" else (),
            charts=tuple(charts(words, figure_rows(desk, words, section.key))),
        )
        for section in desk.card.sections
    )


def text_lines(desk: Desk, words: Words, section: str) -> tuple[TextLine, ...]:
    """The lines of a section, in their order."""
    lines = sorted(
        (line for line in desk.of(CardText) if line.section == section),
        key=lambda line: (line.order, line.id),
    )
    return tuple(
        TextLine(
            id=line.id,
            text=line.text,
            kind_key=line.kind,
            kind=words.known(f"text_kind.{line.kind}", line.kind) if line.kind else None,
            source=line.source,
        )
        for line in lines
    )


def figure_rows(desk: Desk, words: Words, section: str) -> tuple[FigureRow, ...]:
    """The figures of a section, in their order."""
    figures = sorted(
        (figure for figure in desk.of(Figure) if figure.section == section),
        key=lambda figure: (figure.order, figure.id),
    )
    return tuple(_figure_row(words, figure) for figure in figures)


def _figure_row(words: Words, figure: Figure) -> FigureRow:
    is_missing = figure.value is None or figure.status is FigureStatus.PLACEHOLDER
    status = FigureStatus.PLACEHOLDER if is_missing else figure.status
    return FigureRow(
        id=figure.id,
        group_key=figure.group,
        group=words.known(f"group.{figure.group}", figure.group) if figure.group else None,
        label=words.text(figure.label),
        value=None if is_missing else figure.value,
        unit=figure.unit,
        as_of=figure.as_of,
        as_of_day=day_of(figure.as_of),
        region=figure.region,
        source=figure.source,
        source_ref=figure.source_ref,
        status_key=status,
        status=words(f"figure_status.{status}"),
        made_in=figure.made_in,
        remark=_remark(words, figure),
    )


def _remark(words: Words, figure: Figure) -> str | None:
    made_in = words("made_in", year=figure.made_in) if figure.made_in else None
    remark = words.text(figure.remark) if figure.remark else None
    return ". ".join(part for part in (made_in, remark) if part) or None


def _title(words: Words, section: CardSection) -> str:
    """The heading with its period, or that this is still to be given."""
    title = words.text(section.title)
    if section.period is None:
        return title
    key = "heading_with_period" if section.period else "heading_without_period"
    return words(key, title=title, period=section.period)
