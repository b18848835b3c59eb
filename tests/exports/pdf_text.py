"""The text of a PDF, by the tables of its own fonts."""

import re
from functools import cache
from io import BytesIO

import pikepdf


@cache
def text_of_pages(content: bytes) -> list[str]:
    """The text of each page, without what only decorates it."""
    with pikepdf.open(BytesIO(content)) as document:
        return ["".join(_shown(page)) for page in document.pages]


def _shown(page: pikepdf.Page) -> list[str]:
    fonts = {str(name): _letters(font) for name, font in page.resources.Font.items()}
    letters: dict[int, str] = {}
    found: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        operands = step.operands
        match str(step.operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                found.append(_text(bytes(operands[0]), letters))
            case "TJ":
                pieces = [each for each in operands[0] if isinstance(each, pikepdf.String)]
                found += [_text(bytes(piece), letters) for piece in pieces]
    return found


def _text(codes: bytes, letters: dict[int, str]) -> str:
    pairs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
    return "".join(letters.get(code, "") for code in pairs)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode()
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int(letter, 16)
            for code in range(int(first, 16), int(last, 16) + 1):
                letters[code] = chr(start + code - int(first, 16))
    return letters
