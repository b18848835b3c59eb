"""How people get in: codes, links and secrets of desks, and the sessions that they turn into.

Only keyed hashes (HMAC-SHA256) of what opens something are looked up; what a facilitator must be
able to show again is kept sealed with the server's key besides (W6).
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from msgspec import Struct
from msgspec.structs import replace

from etatyopoyta.domain.records import Role
from etatyopoyta.log.contract import Log
from etatyopoyta.room.chance import Chance
from etatyopoyta.room.whispers import Ended, encode

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
CODE_LETTERS = 8
"""39.6 bits: with the failure budgets one hit in years of trying (RELIABILITY §3.2)."""
RETURN_LETTERS = 16
HOUR_MS = 3_600_000
SESSION_MS = {
    Role.FACILITATOR: 12 * HOUR_MS,
    Role.SECRETARY: 12 * HOUR_MS,
    Role.PARTICIPANT: 60 * 24 * HOUR_MS,
    Role.VIEWER: 12 * HOUR_MS,
    Role.COMMENTER: 60 * 24 * HOUR_MS,
    Role.REPORTER: 60 * 24 * HOUR_MS,
}
DOORS, SESSIONS, DESKS = "doors", "sessions", "desks"
PARTICIPANTS = "participants"


class Door(Struct, frozen=True):
    """What a code or secret opens, and as whom."""

    desk: str
    role: Role
    person: str | None = None
    """Links of facilitators are one person's each; a participants' code is everybody's.

    By a link to comment many come in: it stands for the link, and each gets a seat of their own.
    """
    organisation: str | None = None
    """Who comes in here belongs to it, and shares its memo (P8)."""

    @property
    def is_for_many(self) -> bool:
        """Whether who comes in here says who they are."""
        return self.role is Role.COMMENTER or (
            self.role is Role.PARTICIPANT and self.person is None
        )


class Link(Struct, frozen=True):
    """A secret of one person's that opens a desk."""

    place: str
    role: Role
    person: str
    key: str
    """What sessions that came by it name as their door."""
    organisation: str | None = None
    """Whose values are entered by it."""


class Keys(Struct, frozen=True):
    """What is shown again to facilitators: how participants get in."""

    code: str
    secret: str


class Session(Struct, frozen=True):
    """Somebody's place at a desk, behind a random token that only they hold."""

    desk: str
    person: str
    role: Role
    expires_ms: int
    door: str | None = None
    """Key of the link that it came by, which it ends with; a participants' code may change."""


class ListedDesk(Struct, frozen=True):
    """A desk in the list of all desks of this installation."""

    id: str
    title: str
    template: str
    created_ms: int


class Doors:
    """All codes, links and sessions of one installation."""

    def __init__(self, log: Log, chance: Chance, server_key: str) -> None:
        self._log = log
        self._chance = chance
        self._key = sha256(b"etatyopoyta doors" + server_key.encode()).digest()
        seal_key = sha256(b"etatyopoyta seal" + server_key.encode()).digest()
        self._seal = Fernet(urlsafe_b64encode(seal_key))

    # --- codes and links -----------------------------------------------------------------

    async def invite_participants(self, desk_id: str) -> Keys:
        """A new code and link secret for participants; those of before stop working."""
        before = await self.participants_keys(desk_id)
        if before is not None:
            await self._log.drop(DOORS, self._hash(before.code), self._hash(before.secret))
        keys = await self._cut_keys(Door(desk_id, Role.PARTICIPANT))
        await self._log.put(_own(desk_id), PARTICIPANTS, self._sealed(keys))
        return keys

    async def participants_keys(self, desk_id: str) -> Keys | None:
        """The code and secret that let participants in now; None when there are none to show."""
        return self._unsealed(await self._log.get(_own(desk_id), PARTICIPANTS))

    async def organisation_keys(self, desk_id: str, organisation: str) -> Keys:
        """The code and secret that let people in as members of this organisation, for good."""
        shelf, place = _own(desk_id), _organisation(organisation)
        before = await self._log.get(shelf, place)
        known = self._unsealed(before)
        if known is not None:
            return known
        keys = await self._cut_keys(Door(desk_id, Role.PARTICIPANT, organisation=organisation))
        if before is not None:
            await self._log.put(shelf, place, self._sealed(keys))
        elif not await self._log.put_new(shelf, place, self._sealed(keys)):
            await self._log.drop(DOORS, self._hash(keys.code), self._hash(keys.secret))
            return await self.organisation_keys(desk_id, organisation)  # somebody was faster
        return keys

    async def invite(self, desk_id: str, role: Role, place: str) -> str:
        """A new secret for a facilitator, secretary or viewer; that of the same `place` ends.

        `place` names who it is for, such as "terminal": one secret each, revocable one by one.
        """
        person = await self.end_link(desk_id, place) or self.new_person()
        return await self._make_link(desk_id, Door(desk_id, role, person), place)

    async def invite_another(
        self, desk_id: str, role: Role, organisation: str | None = None
    ) -> tuple[str, str]:
        """A new secret for one person more, and who they are: their id is the secret's place."""
        person = self.new_person()
        door = Door(desk_id, role, person, organisation)
        return await self._make_link(desk_id, door, person), person

    async def end_link(self, desk_id: str, place: str) -> str | None:
        """End a secret, the recovery code of its person and their sessions; the person, if any.

        Links of participants are replaced, never ended.
        """
        if _is_shared(place):
            return None
        person = await self._end(desk_id, place)
        if person is not None:
            await self._end(desk_id, _recovery(person))
        return person

    async def links(self, desk_id: str) -> list[Link]:
        """The secrets of facilitators, secretaries and viewers that open the desk now."""
        links = []
        for place, kept in (await self._log.all(_own(desk_id))).items():
            if _is_shared(place) or place.startswith(_recovery("")):
                continue
            at = msgspec.json.decode(kept, type=_Place)
            door = await self._log.get(DOORS, at.hash)
            if door is not None:
                opens = msgspec.json.decode(door, type=Door)
                links.append(Link(place, opens.role, at.person, at.hash, opens.organisation))
        return sorted(links, key=lambda link: (link.role, link.place))

    async def recovery_code(self, desk_id: str, person: str, role: Role) -> str:
        """A new code that seats this person in this role on a borrowed machine.

        The one before ends, and so do the sessions that came by it.
        """
        await self._end(desk_id, _recovery(person))
        code = self._chance.letters(RETURN_LETTERS, ALPHABET)
        door = Door(desk_id, role, person)
        return await self._make_link(desk_id, door, _recovery(person), code)

    async def is_recovery(self, desk_id: str, person: str, door: str | None) -> bool:
        """Whether the door with this key is the person's recovery code."""
        kept = await self._log.get(_own(desk_id), _recovery(person))
        return kept is not None and msgspec.json.decode(kept, type=_Place).hash == door

    async def _make_link(
        self, desk_id: str, door: Door, place: str, secret: str | None = None
    ) -> str:
        secret = secret or self._chance.token() + self._chance.token()
        key = self._hash(secret)
        await self._log.put(DOORS, key, msgspec.json.encode(door))
        kept = _Place(key, door.person or "")
        await self._log.put(_own(desk_id), place, msgspec.json.encode(kept))
        return secret

    async def _end(self, desk_id: str, place: str) -> str | None:
        """End the secret of this place and the sessions by it; whose it was, if there was one."""
        found = await self._log.get(_own(desk_id), place)
        if found is None:
            return None
        gone = msgspec.json.decode(found, type=_Place)
        await self._log.drop(DOORS, gone.hash)
        await self._log.drop(_own(desk_id), place)
        await self._log.call_out(desk_id, encode(Ended(door=gone.hash)))
        return gone.person

    async def open(self, key: str) -> Door | None:
        """What a code as typed, or a secret, opens; None for unknown and ended ones alike."""
        found = await self._log.get(DOORS, self._hash(as_code(key) or key))
        return None if found is None else msgspec.json.decode(found, type=Door)

    def new_person(self) -> str:
        """An id for somebody who is new on a desk."""
        return f"person_{self._chance.letters(16, ID_LETTERS)}"

    def new_organisation(self) -> str:
        """An id for an organisation that somebody names at the door."""
        return f"org_{self._chance.letters(16, ID_LETTERS)}"

    # --- people who come back ------------------------------------------------------------

    async def return_code(self, desk_id: str, person: str) -> str:
        """A new personal code that brings this person back on another device."""
        code = self._chance.letters(RETURN_LETTERS, ALPHABET)
        await self._log.put(_returns(desk_id), self._hash(code), person.encode())
        return code

    async def returning(self, desk_id: str, code: str) -> str | None:
        """The person of a return code."""
        letters = "".join(character for character in code.upper() if character in ALPHABET)
        found = await self._log.get(_returns(desk_id), self._hash(letters))
        return None if found is None else found.decode()

    # --- sessions ------------------------------------------------------------------------

    async def seat(self, desk_id: str, person: str, role: Role, link: str | None = None) -> str:
        """A new session; its token goes to the person and is kept nowhere else.

        It ends with the `link` whose secret was given, if it came by one.
        """
        token = self._chance.token() + self._chance.token()
        expires_ms = self._chance.now_ms() + SESSION_MS[role]
        door = None if link is None else self._hash(as_code(link) or link)
        session = Session(desk_id, person, role, expires_ms, door)
        await self._log.put(SESSIONS, self._hash(token), msgspec.json.encode(session))
        return token

    def session_key(self, token: str) -> str:
        """What a token is looked up by: it tells nobody the token."""
        return self._hash(token)

    async def session(self, key: str) -> Session | None:
        """The session of a key, prolonged for participants; None when it has ended."""
        found = await self._log.get(SESSIONS, key)
        if found is None:
            return None
        session = msgspec.json.decode(found, type=Session)
        now = self._chance.now_ms()
        is_shut = session.door is not None and await self._log.get(DOORS, session.door) is None
        if session.expires_ms <= now or is_shut:
            await self._log.drop(SESSIONS, key)
            return None
        longer = now + SESSION_MS[session.role]
        if session.role is Role.PARTICIPANT and longer - session.expires_ms > 24 * HOUR_MS:
            session = replace(session, expires_ms=longer)
            await self._log.put(SESSIONS, key, msgspec.json.encode(session))
        return session

    async def end_session(self, desk_id: str, key: str) -> None:
        """The token of this key opens nothing any more, and its pages are closed everywhere."""
        await self._log.drop(SESSIONS, key)
        await self._log.call_out(desk_id, encode(Ended(session=key)))

    def ticket(self, token: str) -> str:
        """What a page got by a same-origin request and a foreign page cannot know (T2)."""
        return hmac.new(self._key, b"ticket" + token.encode(), sha256).hexdigest()

    def is_ticket(self, ticket: str, token: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(ticket.encode(), self.ticket(token).encode())

    # --- desks ---------------------------------------------------------------------------

    async def list_desk(self, desk: ListedDesk) -> None:
        """Put a desk on the list."""
        await self._log.put(DESKS, desk.id, msgspec.json.encode(desk))

    async def desks(self) -> list[ListedDesk]:
        """All desks, oldest first."""
        kept = (await self._log.all(DESKS)).values()
        desks = [msgspec.json.decode(desk, type=ListedDesk) for desk in kept]
        return sorted(desks, key=lambda desk: desk.created_ms)

    async def forget(self, desk_id: str) -> tuple[str, ...]:
        """Nothing opens the desk any more and no list has it; the shelves that are only its own."""
        for shelf in (DOORS, SESSIONS):
            kept = (await self._log.all(shelf)).items()
            of_it = [key for key, of in kept if msgspec.json.decode(of, type=_Of).desk == desk_id]
            await self._log.drop(shelf, *of_it)
        await self._log.drop(DESKS, desk_id)
        return _own(desk_id), _returns(desk_id)

    async def _cut_keys(self, door: Door) -> Keys:
        """A new code and secret that open the door."""
        keys = Keys(self._chance.letters(CODE_LETTERS, ALPHABET), self._chance.token())
        for key in (keys.code, keys.secret):
            await self._log.put(DOORS, self._hash(key), msgspec.json.encode(door))
        return keys

    def _sealed(self, keys: Keys) -> bytes:
        return self._seal.encrypt(msgspec.json.encode(keys))

    def _unsealed(self, sealed: bytes | None) -> Keys | None:
        if sealed is None:
            return None
        try:
            return msgspec.json.decode(self._seal.decrypt(sealed), type=Keys)
        except InvalidToken:  # sealed with another server key: make new ones
            return None

    def _hash(self, key: str) -> str:
        return hmac.new(self._key, key.encode(), sha256).hexdigest()


class _Of(Struct, frozen=True):
    """Of a door or a session, whatever else it holds."""

    desk: str


class _Place(Struct, frozen=True):
    hash: str
    person: str


def as_code(typed: str) -> str | None:
    """A join or recovery code out of what was typed, whatever its case, blanks and dashes."""
    letters = "".join(c for c in typed.upper() if c not in " -\u2010\u2011\u2013\t\n\xa0")
    is_code = len(letters) in {CODE_LETTERS, RETURN_LETTERS} and set(letters) <= set(ALPHABET)
    return letters if is_code else None


def shown_code(code: str) -> str:
    """A code in groups of four, as people read it aloud."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _own(desk_id: str) -> str:
    return f"desk:{{{desk_id}}}:doors"


def _organisation(organisation: str) -> str:
    return f"organisation:{organisation}"


def _is_shared(place: str) -> bool:
    """Sealed keys that many come in by lie there, and no secret of one person's."""
    return place == PARTICIPANTS or place.startswith(_organisation(""))


def _recovery(person: str) -> str:
    return f"recovery:{person}"


def _returns(desk_id: str) -> str:
    return f"desk:{{{desk_id}}}:returns"
