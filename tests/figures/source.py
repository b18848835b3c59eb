"""A small server that answers as the statistics services were recorded to, or does not."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from etatyopoyta.figures.asking import Site

KYMENLAAKSO, KOTKA = 494, 151
REGIONS = [
    {
        "id": 900,
        "code": "10",
        "category": "HYVINVOINTIALUE",
        "title": {"fi": "Kymenlaakso", "en": None},
    },
    {
        "id": KYMENLAAKSO,
        "category": "MAAKUNTA",
        "title": {"fi": "Kymenlaakso", "sv": "Kymmenedalen"},
    },
    {"id": KOTKA, "code": "285", "category": "KUNTA", "title": {"fi": "Kotka"}},
]
TITLES = {
    7: "0 - 6-vuotiaat, % väestöstä",
    127: "Väestö 31.12.",
    170: "65 - 74-vuotiaat, % väestöstä",
    746: "Väestöennuste 2030",
    751: "Väestöennuste 2040",
    1069: "75 - 84-vuotiaat, % väestöstä",
}
NEWEST = {7: 2024, 127: 2024, 170: 2024, 746: 2021, 751: 2021, 1069: 2023}
VALUES = {7: 5.1, 127: 157_442, 170: 15.1, 746: 151_000, 751: 143_000, 1069: 10.2}
TABLE = "StatFin/vaerak/statfin_vaerak_pxt_11re.px"
VARIABLES = [
    {"code": "Vuosi", "text": "Vuosi", "values": ["2022", "2023", "2024"], "time": True},
    {"code": "Alue 2024", "text": "Alue", "values": ["SSS", "MK08", "KU285"]},
    {"code": "Sukupuoli", "values": ["SSS", "1", "2"], "elimination": True},
    {"code": "Tiedot", "values": ["vaesto", "ikä"]},
]
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by path; `answers` first."""

    answers: dict[str, Answer]
    asked: list[str]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.asked.append(self.path)
        for path, answer in self.answers.items():
            if parts.path.endswith(path):
                answer(self)
                return
        query = parse_qs(parts.query)
        *_, kind, last = parts.path.split("/")
        if last == "regions":
            self.say(REGIONS)
        elif last == "json":
            self.say(rows(int(query["indicator"][0]), [int(year) for year in query["years"]]))
        elif kind == "indicators" and int(last) in TITLES:
            self.say(indicator(int(last)))
        elif parts.path.endswith(TABLE):
            self.say({"title": "Väestö", "variables": VARIABLES})
        else:
            self.say({}, 404)

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.asked.append(json.dumps(asked["query"]))
        answer = self.answers.get("POST")
        if answer:
            answer(self)
            return
        chosen = {q["code"]: q["selection"] for q in asked["query"]}
        year = chosen["Vuosi"]["values"][0] if chosen["Vuosi"]["filter"] == "item" else "2024"
        self.say(dataset(year, 157_442 if chosen["Alue 2024"]["values"] == ["MK08"] else None))

    def say(self, body: Any, status: int = 200) -> None:
        """Answer with JSON, or with bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def indicator(number: int) -> dict[str, Any]:
    """Of an indicator, the fields that matter."""
    return {
        "id": number,
        "title": {"fi": TITLES[number], "sv": "…"},
        "organization": {"id": 3, "title": {"fi": "Tilastokeskus"}},
        "range": {"start": 1990, "end": NEWEST[number]},
    }


def rows(number: int, years: list[int]) -> list[dict[str, Any]]:
    """All regions in these years; the older form of answers for one indicator."""
    found: list[dict[str, Any]] = []
    for year in years:
        if year > NEWEST[number]:
            continue
        for region, less in ((KYMENLAAKSO, 0), (KOTKA, 1)):
            value = VALUES[number] - less - (NEWEST[number] - year)
            row = {"indicator": number, "region": region, "year": year, "gender": "total"}
            if number == 127:
                old = {"primary value": f"{value},0", "absolute value": "1"}
                found.append({**{key: str(each) for key, each in row.items()}, **old})
            else:
                found.append(row | {"value": value, "absValue": 1})
    return found


def dataset(year: str, value: float | None) -> dict[str, Any]:
    """A cell in JSON-stat 2."""
    return {
        "version": "2.0",
        "class": "dataset",
        "label": "Väestö muuttujina Vuosi, Alue ja Tiedot",
        "source": "Tilastokeskus, väestörakenne",
        "id": ["Vuosi", "Alue 2024", "Tiedot"],
        "size": [1, 1, 1],
        "dimension": {"Vuosi": {"category": {"index": {year: 0}, "label": {year: year}}}},
        "value": [value],
    }


@contextmanager
def source(**answers: Answer) -> Iterator[tuple[Site, list[str]]]:
    """A site that answers, with these answers by the end of a path instead, and what was asked."""
    asked: list[str] = []
    by_path = {path.replace("__", "/"): answer for path, answer in answers.items()}
    handler = type("Recorded", (Handler,), {"answers": by_path, "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False  # closing it waits for what it still says
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield Site("Lähde", f"http://127.0.0.1:{server.server_port}/rest/1.1"), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
