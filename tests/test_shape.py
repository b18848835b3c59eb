"""The shape of the project: what is easy to forget is found here."""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from etatyopoyta.domain.catalogue import COMMANDS
from etatyopoyta.domain.command import Command
from etatyopoyta.domain.records import KINDS, May

ROOT = Path(__file__).parents[1]
SERVER = ROOT / "server/etatyopoyta"
DOMAIN = sorted((SERVER / "domain").glob("*.py"))
LANGUAGES = ("fi", "sv", "en")
CODE = r"[a-z_]+(?:\.[a-z_]+)*"
MAX_LINES = 400
REASONS = {
    "server/etatyopoyta/domain/records.py": "what a desk consists of, to be read in one piece",
    "web/src/lib/protocol.ts": "printed",
}
"""Why a module is longer than that."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(tree(path))


def sources() -> list[Path]:
    return sorted(SERVER.rglob("*.py"))


def in_git() -> list[Path]:
    """The files of the repository; none outside one."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="ignore")


def locale(language: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads(
        (SERVER / f"locales/{language}.json").read_text(encoding="utf-8")
    )
    return texts


# --- commands and rules --------------------------------------------------------------------


def commands_in_domain() -> list[type[Command]]:
    modules = [import_module(f"etatyopoyta.domain.{path.stem}") for path in DOMAIN]
    things = [thing for module in modules for thing in vars(module).values()]
    kinds = {kind for kind in things if isinstance(kind, type) and issubclass(kind, Command)}
    return sorted(kinds - {Command}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", commands_in_domain(), ids=lambda kind: kind.__name__)
def test_every_command_is_in_the_catalogue_and_needs_a_permission(kind: type[Command]):
    assert kind in COMMANDS.values()
    assert kind.may in set(May)
    assert kind.__doc__


def rules() -> dict[str, str]:
    """Rule id → where it stands: lines of docstrings like `N1  A note has a text`."""
    found: dict[str, str] = {}
    for path in DOMAIN:
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                for rule in re.findall(r"^\s*([A-Z]\d+)  \S", ast.get_docstring(node) or "", re.M):
                    assert rule not in found, f"{rule} stands at {found[rule]} and {node.name}"
                    found[rule] = node.name
    return found


def test_every_rule_has_a_test_named_after_it():
    names = {
        node.name
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    tested = {match[1] for name in names if (match := re.match(r"test_([A-Z]\d+)_", name))}
    assert set(rules()) - tested == set()
    assert len(rules()) >= 40


def test_every_command_is_in_a_replay():
    logs = (ROOT / "tests/replays").glob("*.json")
    replayed = {tag for path in logs for tag in json.loads(path.read_bytes())["commands"]}
    assert set(COMMANDS) - replayed == set()


# --- refusals and texts --------------------------------------------------------------------


def called(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in nodes(path):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else None
            if (function.id if isinstance(function, ast.Name) else name) in names:
                yield node


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def refused_outright() -> set[str]:
    """`Refused("code", …)`."""
    return {
        str(ast.literal_eval(call.args[0]))
        for path in sources()
        for call in called(path, "Refused")
        if call.args and is_text(call.args[0])
    }


def refused_as_gone() -> set[str]:
    """`desk.get(Kind, id)` refuses with "<kind>.gone", and so do `desk.info` and `desk.card`."""
    tags = {kind.__name__: tag for tag, kind in KINDS.items()}
    return {
        f"{tags[call.args[0].id]}.gone"
        for path in sources()
        for call in called(path, "get")
        if call.args and isinstance(call.args[0], ast.Name) and call.args[0].id in tags
    }


def refused_as_unclean() -> set[str]:
    """`clean(text, limit, subject)` refuses with "<subject>.empty" and "<subject>.too_long"."""
    subjects = {
        str(ast.literal_eval(call.args[-1]))
        for path in sources()
        for call in called(path, "clean", "clean_or_none", "clean_text")
        if is_text(call.args[-1])
    }
    return {f"{subject}.{end}" for subject in subjects for end in ("empty", "too_long")}


def told_over_http() -> set[str]:
    """Codes of problems that no rule made."""
    texts = {
        node.value
        for node in nodes(SERVER / "transport/problems.py")
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    written = {
        code
        for path in (SERVER / "transport").glob("*.py")
        for code in re.findall(rf'"code":"({CODE})"', path.read_text(encoding="utf-8"))
    }
    return written | {text for text in texts if re.fullmatch(CODE, text) and "." in text}


def codes() -> set[str]:
    return refused_outright() | refused_as_gone() | refused_as_unclean() | told_over_http()


def test_codes_are_made_of_other_words_in_two_places_only():
    made = {
        path.name
        for path in sources()
        for call in called(path, "Refused")
        if call.args and isinstance(call.args[0], ast.JoinedStr)
    }
    assert made == {"desk.py", "text.py"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_text(language: str):
    assert {"note.gone", "note.empty", "id.taken", "origin.foreign", "server.fault"} <= codes()
    assert {f"refused.{code}" for code in codes()} - set(locale(language)) == set()


def placeholders(text: str) -> set[str]:
    """The names in braces, also within the branches of a plural."""
    names: set[str] = set()
    at = 0
    while (start := text.find("{", at)) >= 0:
        depth, end = 1, start
        while depth:
            end += 1
            depth += {"{": 1, "}": -1}.get(text[end], 0)
        name, _, branches = text[start + 1 : end].partition(",")
        names.add(name.strip())
        for branch in re.findall(r"\w+\s*\{((?:[^{}]|\{[^{}]*\})*)\}", branches):
            names |= placeholders(branch)
        at = end + 1
    return names


def test_placeholders_are_found():
    text = "{a} ja {b, plural, one {# {c}} other {# muuta}}"
    assert placeholders(text) == {"a", "b", "c"}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_all_languages_have_the_same_keys_and_placeholders(language: str):
    finnish, other = locale("fi"), locale(language)
    assert set(finnish) ^ set(other) == set()
    differing = [key for key in finnish if placeholders(finnish[key]) != placeholders(other[key])]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_blank_and_keys_are_in_order(language: str):
    texts = locale(language)
    assert [key for key, text in texts.items() if not text.strip()] == []
    assert list(texts) == sorted(texts)


# --- modules and files ---------------------------------------------------------------------

HARMLESS = {
    "calendar": {"monthrange", "timegm"},
    "datetime": {"MAXYEAR", "MINYEAR"},
    "hashlib": {"sha256"},
}
"""What the domain may take of modules that can do more."""
PURE = {"collections", "enum", "msgspec", "re", "typing", "unicodedata"}


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: path.stem)
def test_the_domain_imports_nothing_that_has_effects(path: Path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            assert {name.name for name in node.names} <= PURE
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = {name.name for name in node.names}
            is_pure = module.split(".")[0] in PURE or module.startswith("etatyopoyta.domain")
            assert is_pure or names <= HARMLESS.get(module, set()), module


def test_no_module_is_longer_than_it_has_a_reason_for():
    modules = [path for path in in_git() if path.suffix in {".py", ".ts", ".svelte"}]
    long = {
        str(path.relative_to(ROOT))
        for path in modules
        if len(text_of(path).splitlines()) > MAX_LINES
    }
    assert long - set(REASONS) == set()


FOREIGN = re.compile(
    r"(?<![\w.~$-])/(?:work|tmp|home|Users)/\w"
    r"|registry\.npmjs\.org|files\.pythonhosted\.org|//pypi\.org/simple"
)
"""Paths of somebody's machine, and where packages happened to come from."""
WRITERS = re.compile(
    "|".join(word[::-1] for word in ("edualc", "ciporhtna", "ianepo", "tpgtahc", "tolipoc"))
    + "|"
    + "yb-derohtua-oc"[::-1],
    re.IGNORECASE,
)
"""Who wrote it does not belong in it. Spelled backwards: this file is in git, too."""


def test_no_file_names_a_machine_or_a_registry():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in in_git()
        if (match := FOREIGN.search(text_of(path)))
    ]
    assert found == []


def test_no_file_says_who_wrote_it():
    found = [str(path.relative_to(ROOT)) for path in in_git() if WRITERS.search(text_of(path))]
    assert found == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_make_target_that_a_document_names_is_there(name: str):
    document = ROOT / name
    if not document.exists():
        pytest.skip(f"no {name} yet")
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.M))
    named = set(re.findall(r"(?:`|^\s*\$? ?)make ([a-z]+)", text_of(document), re.M))
    assert named - targets == set()
