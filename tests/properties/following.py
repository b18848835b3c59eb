"""Random commands that follow a published card up, and write minutes."""

from hypothesis import strategies as st
from tests.domain.given import BREAK, MAPPING, MARTAT, SYDAN

from etatyopoyta.domain import followup, minutes
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import Choice, Text

MEASURE = st.sampled_from([f"measure_{i}" for i in range(4)])
WORDS = st.sampled_from(["Liikunta lisääntyy", "Kävijämäärä", " ", "a\u0308iti"])
TEXT = st.builds(Text, fi=WORDS, sv=st.none() | WORDS)
ACTUAL_ID = st.sampled_from([f"actual_{i}" for i in range(4)])
BASE = st.sampled_from([1, 1, 2, 3])
ACTUAL = st.builds(
    followup.ActualGiven,
    id=ACTUAL_ID,
    measure=MEASURE,
    year=st.sampled_from([2026, 2027]),
    organisation=st.sampled_from([None, MARTAT, SYDAN, "org_new"]),
    value=st.none() | st.just(412.0),
    text=st.none() | WORDS,
    as_of=st.sampled_from(["2026", "2026-02-30"]),
    source=WORDS,
    base=st.none() | BASE,
)

FOLLOWING: list[st.SearchStrategy[Command]] = [
    st.builds(followup.SetActual, given=ACTUAL),
    st.builds(followup.ImportActuals, rows=st.lists(ACTUAL, min_size=1, max_size=3).map(tuple)),
    st.builds(followup.RemoveActual, id=ACTUAL_ID, base=BASE),
    st.builds(
        followup.SetStatuses,
        statuses=st.lists(
            st.builds(Choice, key=st.sampled_from(["going", "done", "late"]), name=TEXT),
            min_size=2,
            max_size=3,
        ).map(tuple),
    ),
    st.builds(
        minutes.WriteMinutes,
        id=st.sampled_from([f"minutes_{i}" for i in range(4)]),
        workshop=st.sampled_from(["workshop_0", "workshop_1", "workshop_2"]),
        section=st.sampled_from([None, BREAK.id, MAPPING.id, "section_none"]),
        base=st.integers(0, 2),
        text=WORDS,
    ),
]
