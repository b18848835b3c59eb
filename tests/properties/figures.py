"""Random commands that set, add, import and remove figures."""

import msgspec
from hypothesis import strategies as st
from tests.domain.given import RATE

from etatyopoyta.domain import figures
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Text

WORDS = st.sampled_from(["Liikunta lisääntyy", "Kävijämäärä", " ", "a\u0308iti"])
TEXT = st.builds(Text, fi=WORDS, sv=st.none() | WORDS)
BASE = st.sampled_from([1, 1, 2, 3])
FIGURE = st.sampled_from([RATE.id, "figure_new", "figure_none"])
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)
FIGURES: list[st.SearchStrategy[Command]] = [
    st.builds(
        figures.AddFigure, id=FIGURE, section=st.just("population"), label=TEXT, value=NUMBER
    ),
    st.builds(figures.RemoveFigure, id=FIGURE),
    st.builds(
        figures.ImportFigures,
        rows=st.lists(
            st.builds(figures.ImportedFigure, figure=FIGURE, base=BASE, value=NUMBER),
            min_size=1,
            max_size=2,
        ).map(tuple),
        is_confirmed=st.booleans(),
    ),
    st.builds(
        figures.SetFigure,
        id=FIGURE,
        unit=st.sampled_from([msgspec.UNSET, None, "kpl", " "]),
        base=BASE,
        value=NUMBER,
        as_of=st.sampled_from([None, "2024"]),
        source=st.none() | WORDS,
        is_confirmed=st.booleans(),
    ),
]
