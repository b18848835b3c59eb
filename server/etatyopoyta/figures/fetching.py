"""From the references of figures to what their sources say now."""

import asyncio
from collections.abc import Iterator, Sequence

from msgspec import Struct

from etatyopoyta.domain.refused import Refused
from etatyopoyta.figures import pxweb, sotkanet
from etatyopoyta.figures.asking import SOTKANET, STATISTICS_FINLAND, WAIT_S, WHOLE_S, Asking, Site
from etatyopoyta.figures.reading import Reading


class Wanted(Struct, frozen=True, kw_only=True):
    """A figure to look up."""

    figure: str
    reference: str
    region: str
    year: int | None = None
    """None for the newest."""


class Found(Struct, frozen=True, kw_only=True):
    """What a source says of it, or the code of why it says nothing."""

    figure: str
    reading: Reading | None = None
    problem: str | None = None


class Statistics:
    """The sources of this server. One person asks at a time."""

    def __init__(
        self,
        sotkanet_site: Site = SOTKANET,
        pxweb_site: Site = STATISTICS_FINLAND,
        wait_s: float = WAIT_S,
        whole_s: float = WHOLE_S,
    ) -> None:
        self._sotkanet, self._pxweb = sotkanet_site, pxweb_site
        self._wait_s, self._whole_s = wait_s, whole_s
        self._turn = asyncio.Lock()

    async def fetch(self, wanted: Sequence[Wanted]) -> list[Found]:
        """What the sources say, a row for each choice that a reference leaves.

        Raises Refused("figures.busy") while somebody else asks; "figures.source_away" or
        "figures.source_strange" when nothing came of it for that reason.
        """
        if self._turn.locked():
            raise Refused("figures.busy")
        async with self._turn:
            return await asyncio.to_thread(self._found, wanted)

    def _found(self, wanted: Sequence[Wanted]) -> list[Found]:
        asking = Asking(self._wait_s, self._whole_s)
        found: list[Found] = []
        failures: list[Refused] = []
        for each in wanted:
            try:
                found.extend(self._readings(asking, each))
            except Refused as refused:
                failures.append(refused)
                found.append(Found(figure=each.figure, problem=refused.code))
        of_source = [f for f in failures if f.code.startswith("figures.source_")]
        if of_source and len(failures) == len(wanted):
            raise of_source[0]
        return found

    def _readings(self, asking: Asking, wanted: Wanted) -> Iterator[Found]:
        if wanted.reference.startswith(pxweb.PREFIX):
            reading = pxweb.read(asking, self._pxweb, wanted.reference, wanted.year)
            yield Found(figure=wanted.figure, reading=reading)
            return
        for ids in sotkanet.choices(wanted.reference):
            reading = sotkanet.read(asking, self._sotkanet, ids, wanted.region, wanted.year)
            yield Found(figure=wanted.figure, reading=reading)
