"""How names sound: what people type on a keyboard without Chinese characters."""

import unicodedata
from itertools import product

from pypinyin import Style, lazy_pinyin, pinyin

# A name of more readings than these is no name.
MOST_READINGS = 12


def spelling_of(name: str) -> str:
    """Return a name's sounds, each between spaces: whole, initials, and both without the surname.

    曾国藩 becomes " zengguofan zgf guofan gf cengguofan cgf ": every reading of the first
    character counts, as surnames have one of their own; lǚ is typed lv and lu.
    """
    letters = [each for each in name if each.isalnum()]
    if not letters:
        return ""
    usual = lazy_pinyin(letters)
    first = [usual[0], *pinyin(letters[0], style=Style.NORMAL, heteronym=True)[0]]
    words: list[str] = []
    for reading in list(dict.fromkeys(first))[:MOST_READINGS]:
        for whole in _typed([reading, *usual[1:]]):
            given = whole[1:]
            words += ["".join(whole), _initials(whole), "".join(given), _initials(given)]
    return f" {' '.join(dict.fromkeys(filter(None, words)))} "


def sound_in(word: str) -> str:
    """Return a word as a sound that ``spelling_of`` could hold; nothing where it is none.

    Case, tone marks and apostrophes do not matter: "Zēng", "xi'an".
    """
    plain = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(each for each in plain if unicodedata.category(each) != "Mn" and each not in "'’-·.")
    return plain if plain.isascii() and plain.isalnum() else ""


def _typed(syllables: list[str]) -> list[list[str]]:
    """Return the ways in which the syllables are typed: lv as lu too."""
    ways = [dict.fromkeys([each.casefold(), each.casefold().replace("v", "u")]) for each in syllables]
    return [list(each) for each in list(product(*ways))[:MOST_READINGS]]


def _initials(syllables: list[str]) -> str:
    return "".join(each[:1] for each in syllables)
