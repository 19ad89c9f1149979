"""The Chinese material of the demo, read from material/*.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MATERIAL = Path(__file__).parent / "material"
# In the order of the notice. A file is named after its category; extra.toml holds the three without chains.
EXTRA = "extra"
FIELD_FILES = ("machinery", "materials", "energy", "electronics", "construction", "biomedicine", EXTRA)
POINT_MARKS = ("一、", "二、", "三、", "四、")


@dataclass(frozen=True, kw_only=True)
class MentorWords:
    """A mentor as the material says; categories, chains and types are told by slug."""

    name: str
    employer: str
    title: str
    specialities: str
    about: str
    category: str
    chain: str = ""
    types: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    further_categories: tuple[str, ...] = ()
    standing: str = ""
    topics: tuple[str, ...] = ()

    @property
    def introduction(self) -> str:
        """What the mentor says of the own work, and the titles of the own topics."""
        titles = "".join(f"《{title}》" for title in self.topics)
        return f"{self.about}\n\n主讲课题：{titles}" if titles else self.about


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic of a class, with the places in the list of mentors of its author and a second one."""

    type: str
    title: str
    audience: str
    outline: str
    author: int
    second: int
    category: str
    chain: str = ""
    prefectures: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        return self.chain or self.category


@dataclass(frozen=True, kw_only=True)
class Material:
    """Mentors in the order of the notice, and the topics in the order in which classes take turns."""

    mentors: tuple[MentorWords, ...]
    topics: tuple[Topic, ...]


@cache
def material() -> Material:
    """Return everything that the material says of mentors and topics."""
    mentors: list[MentorWords] = []
    topics: list[Topic] = []
    for name in FIELD_FILES:
        for field in read(name)["field"]:
            _add_field({"category": name, **field}, mentors, topics)
    standing = [_mentor(words) for words in read("standing")["mentor"]]
    return Material(mentors=(*mentors, *standing), topics=tuple(_taking_turns(topics)))


def read(name: str) -> dict[str, Any]:
    """Return the content of one file of the material."""
    return tomllib.loads((MATERIAL / f"{name}.toml").read_text(encoding="utf-8"))


def _add_field(field: dict[str, Any], mentors: list[MentorWords], topics: list[Topic]) -> None:
    """Deal a field's topics to its mentors in turn: a topic is a mentor's own."""
    primary = {"category": field["category"], "chain": field.get("chain", "")}
    first, count = len(mentors), len(field["mentors"])
    for place, (kind, title, audience, *points) in enumerate(field["topics"]):
        topics.append(
            Topic(
                type=kind,
                title=title,
                audience=audience,
                outline="\n".join(f"{mark}{point}" for mark, point in zip(POINT_MARKS, points, strict=False)),
                author=first + place % count,
                second=first + (place + 1) % count,
                prefectures=tuple(field["prefectures"]),
                **primary,
            )
        )
    for place, words in enumerate(field["mentors"]):
        own = field["topics"][place::count]
        types = list(dict.fromkeys(kind for kind, *_ in own))
        mentors.append(
            _mentor({**words, **primary, "types": types, "topics": [title for _, title, *_ in own]})
        )


def _mentor(words: dict[str, Any]) -> MentorWords:
    return MentorWords(
        **{name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}
    )


def _taking_turns(topics: list[Topic]) -> list[Topic]:
    """Order topics so that neighbours differ in category, field and type, and no kind comes in a heap.

    Each step takes the topic whose kinds have rested longest, measured in the turns that each
    kind should rest if all were spread evenly.
    """
    left = list(topics)
    kinds = [_kinds(topic) for topic in topics]
    shares = {kind: sum(kind in each for each in kinds) / len(topics) for each in kinds for kind in each}
    last = dict.fromkeys(shares, -len(topics))
    ordered: list[Topic] = []
    for step in range(len(topics)):
        rested = {kind: min((step - last[kind]) * share, 1.0) for kind, share in shares.items()}
        chosen = max(left, key=lambda topic: sum(rested[kind] for kind in _kinds(topic)))
        left.remove(chosen)
        last.update(dict.fromkeys(_kinds(chosen), step))
        ordered.append(chosen)
    return ordered


def _kinds(topic: Topic) -> tuple[str, str, str]:
    return f"category {topic.category}", f"field {topic.field}", f"type {topic.type}"
