"""Reminders as a calendar: read back by a small strict parser of RFC 5545."""

import re
from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace
from tests.cards.given import full_desk

from etatyopoyta.cards.words import Language
from etatyopoyta.domain.desk import Desk
from etatyopoyta.domain.refused import Refused
from etatyopoyta.exports.ics import Reminding, months_between, reminders

NOW = datetime(2026, 11, 30, 22, 30, tzinfo=UTC)
URL = "https://etatyopoyta.example/poyta/d1/seuranta"
ASKED = Reminding(desk="d1", language="fi", made_at=NOW, url=URL)
Event = dict[str, str]


def parsed(content: bytes) -> list[Event]:
    """The events; anything that is no calendar of RFC 5545 fails."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    physical = text.removesuffix("\r\n").split("\r\n")
    assert all(0 < len(line.encode()) <= 75 for line in physical)
    lines: list[str] = []
    for line in physical:
        if line[0] == " ":
            lines[-1] += line[1:]
        else:
            lines.append(line)
    events: list[Event] = []
    stack: list[str] = []
    for line in lines:
        matched = re.fullmatch(
            r"([A-Z-]+)((?:;[A-Z]+=[A-Z-]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)", line
        )
        assert matched, line
        name, parameters, value = matched.groups()
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack == ["VCALENDAR", "VEVENT"]:
            assert name not in events[-1], f"{name} twice"
            events[-1][name] = _plain(value) if name in {"SUMMARY", "DESCRIPTION"} else value
            if name in {"DTSTART", "DTEND"}:
                assert parameters == ";VALUE=DATE"
    assert stack == []
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Etatyopoyta//Followup//FI"]
    for event in events:
        assert event.keys() >= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
    return events


def _plain(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,n])*", value), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)


def days(events: list[Event]) -> list[str]:
    return [event["DTSTART"] for event in events]


def test_each_measure_is_asked_for_after_each_year_of_the_period():
    events = parsed(reminders(full_desk(), ASKED))
    assert days(events) == ["20270115", "20280115", "20290115", "20300115"] * 2
    assert events[0]["SUMMARY"] == "Kirjaa toteuma 2026: Osallistujat"
    assert events[0]["URL"] == URL
    assert "Örön Ystävät ry" in events[0]["DESCRIPTION"]
    assert (events[0]["DTEND"], events[0]["DTSTAMP"]) == ("20270116", "20261130T223000Z")


def test_an_organisation_is_asked_for_all_of_its_measures_at_once():
    asked = replace(ASKED, organisation="org_a")
    events = parsed(reminders(full_desk(), asked))
    assert len(events) == 4
    assert events[0]["SUMMARY"] == "Kirjaa toteumat 2026: Ankkurin Tupa ry"
    assert events[0]["DESCRIPTION"].splitlines() == ["– Osallistujat (hlö)", "– Tunnit"]
    of_b = parsed(reminders(full_desk(), replace(ASKED, organisation="org_b")))
    assert of_b[0]["DESCRIPTION"] == "– Osallistujat (hlö)"


def test_in_swedish_a_measure_has_its_swedish_name():
    desk = full_desk()
    desk.apply({"measure_1": {"name_sv": "Deltagare"}})
    for_all, for_one = ASKED, replace(ASKED, organisation="org_b")
    (first, *_) = parsed(reminders(desk, replace(for_all, language="sv")))
    assert first["SUMMARY"].endswith("Deltagare")
    (first, *_) = parsed(reminders(desk, replace(for_one, language="sv")))
    assert first["DESCRIPTION"].startswith("– Deltagare")
    (first, *_) = parsed(reminders(desk, replace(for_all, language="en")))
    assert first["SUMMARY"].endswith("Osallistujat")


def test_who_owns_a_measure_is_asked_for_it():
    desk = full_desk()
    desk.apply({"measure_2": {"owner": "org_b"}})
    (first, *_) = parsed(reminders(desk, replace(ASKED, organisation="org_b")))
    assert first["DESCRIPTION"].splitlines() == ["– Osallistujat (hlö)", "– Tunnit"]


def test_by_the_interval_and_from_now_on_only():
    desk = full_desk()
    desk.apply({"measure_1": {"interval": "puolivuosittain"}, "measure_2": {"state": "parked"}})
    late = replace(ASKED, made_at=datetime(2028, 7, 15, 9, tzinfo=UTC))
    assert days(parsed(reminders(desk, late))) == ["20280715", "20290115", "20290715", "20300115"]


@pytest.mark.parametrize(
    ("interval", "months"),
    [
        (None, 12), ("vuosi", 12), ("kerran vuodessa", 12), ("12 kk", 12), ("joskus", 12),
        ("puolivuosittain", 6), ("2 kertaa vuodessa", 6), ("halvår", 6), ("half-year", 6),
        ("neljännesvuosittain", 3), ("kvartaali", 3), ("3 kk", 3), ("quarterly", 3),
        ("kuukausi", 1), ("Kuukausittain", 1), ("varje månad", 1), ("weekly", 1),
    ],
)  # fmt: skip
def test_intervals_are_read_as_people_write_them(interval: str | None, months: int):
    assert months_between(interval) == months


def test_the_same_measure_and_day_keep_their_id():
    desk = full_desk()
    before = [event["UID"] for event in parsed(reminders(desk, ASKED))]
    desk.apply({"measure_1": {"name": "Toinen nimi"}})
    later = replace(ASKED, made_at=datetime(2027, 3, 1, tzinfo=UTC), language="sv")
    after = [event["UID"] for event in parsed(reminders(desk, later))]
    assert after == [uid for uid in before if "-20270115" not in uid]
    assert len(set(before)) == len(before)


def test_hostile_words_stay_words():
    desk = full_desk()
    hostile = 'a\r\nEND:VEVENT\nBEGIN:VEVENT\x00;UID=x,\\n:"' + "😀ä" * 60
    desk.apply({"measure_1": {"name": hostile, "unit": "kpl;\rX:1"}})
    events = parsed(reminders(desk, ASKED))
    assert len(events) == 8
    assert events[0]["SUMMARY"].splitlines()[1:3] == [
        "END:VEVENT",
        events[0]["SUMMARY"].split("\n")[2],
    ]
    assert "😀ä" * 60 in events[0]["SUMMARY"]


def test_hidden_notes_and_nameless_ones_make_nobody_responsible():
    desk = full_desk()
    desk.apply({"note_2": {"is_hidden": True}, "note_3": {"shows": "nothing"}})
    with pytest.raises(Refused, match=r"^followup\.nothing_to_remind$"):
        reminders(desk, replace(ASKED, organisation="org_a"))


def test_when_the_period_is_over_nobody_is_reminded():
    over = replace(ASKED, made_at=datetime(2030, 1, 16, tzinfo=UTC))
    with pytest.raises(Refused, match=r"^followup\.nothing_to_remind$"):
        reminders(full_desk(), over)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_speaks_each_language(language: Language):
    events = parsed(reminders(full_desk(), replace(ASKED, language=language)))
    verb = {"fi": "Kirjaa", "sv": "Rapportera", "en": "Report"}[language]
    assert {event["SUMMARY"].split()[0] for event in events} == {verb}


def test_a_card_without_a_period_is_followed_from_this_year_on():
    desk = full_desk()
    desk.apply({"card": {"period": None}})
    assert date.fromisoformat(days(parsed(reminders(desk, ASKED)))[0]) == date(2027, 1, 15)


def test_an_empty_desk_has_nothing_to_remind_of():
    with pytest.raises(Refused, match=r"^desk\.gone$"):
        reminders(Desk(), ASKED)
