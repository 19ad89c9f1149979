"""The filters of the public directory, and the chips that switch them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import django_filters

from mentors.models import Category, IndustrialChain, Mentor, MentorQuerySet, TopicType


class MentorFilter(django_filters.FilterSet):
    """Category, chain and topic type by slug, and words; a value it does not know changes nothing."""

    category = django_filters.ModelChoiceFilter(
        label="类别",
        queryset=Category.objects.all(),
        to_field_name="slug",
        method="by_category",
    )
    chain = django_filters.ModelChoiceFilter(
        label="产业链",
        queryset=IndustrialChain.objects.select_related("category"),
        to_field_name="slug",
        method="by_chain",
    )
    type = django_filters.ModelChoiceFilter(
        label="课题类型", queryset=TopicType.objects.all(), to_field_name="slug", method="by_type"
    )
    q = django_filters.CharFilter(label="关键词", method="by_words")

    class Meta:
        model = Mentor
        fields = ["category", "chain", "type", "q"]

    def by_category(self, found: MentorQuerySet, name: str, value: Category) -> MentorQuerySet:
        return found.in_category(value)

    def by_chain(self, found: MentorQuerySet, name: str, value: IndustrialChain) -> MentorQuerySet:
        return found.in_chain(value)

    def by_type(self, found: MentorQuerySet, name: str, value: TopicType) -> MentorQuerySet:
        return found.teaching(value)

    def by_words(self, found: MentorQuerySet, name: str, value: str) -> MentorQuerySet:
        return found.matching(value)

    @property
    def chosen(self) -> dict[str, object]:
        """The values in force, by name; what could not be understood is left out."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}


@dataclass(frozen=True)
class Chip:
    word: str
    url: str
    on: bool = False


@dataclass(frozen=True)
class FilterGroup:
    label: str
    name: str
    chips: list[Chip] = field(default_factory=list)


def filter_groups(chosen: dict[str, object]) -> list[FilterGroup]:
    """Return the rows of chips: categories, the chains of the chosen category, topic types."""
    category = _category_of(chosen)
    groups = [filter_group("类别", "category", Category.objects.all(), chosen, category)]
    chains = IndustrialChain.objects.filter(category=category) if category else []
    if chains:
        groups.append(filter_group("产业链", "chain", chains, chosen, chosen.get("chain")))
    groups.append(filter_group("课题类型", "type", TopicType.objects.all(), chosen, chosen.get("type")))
    return groups


def active_filters(chosen: dict[str, object]) -> list[Chip]:
    """Return one chip for each filter in force; its address is the directory without that filter."""
    words = {name: getattr(value, "short_name", str(value)) for name, value in chosen.items()}
    return [Chip(word=word, url=filter_url(chosen, name, None)) for name, word in words.items()]


def _category_of(chosen: dict[str, object]) -> Category | None:
    if "category" in chosen:
        return chosen["category"]
    return chosen["chain"].category if "chain" in chosen else None


def filter_group(
    label: str, name: str, options: Iterable[object], chosen: dict[str, object], current: object
) -> FilterGroup:
    """Return the chips of one filter, "全部" first; options have a slug and a short_name or name."""
    everything = Chip(word="全部", url=filter_url(chosen, name, None), on=current is None)
    chips = [
        Chip(
            word=getattr(option, "short_name", None) or option.name,
            url=filter_url(chosen, name, option),
            on=option == current,
        )
        for option in options
    ]
    return FilterGroup(label=label, name=name, chips=[everything, *chips])


def query_of(chosen: dict[str, object]) -> dict[str, object]:
    """Return values as an address names them: rows by slug where they have one, else by number."""
    return {name: getattr(value, "slug", getattr(value, "pk", value)) for name, value in chosen.items()}


def filter_url(chosen: dict[str, object], name: str, value: object) -> str:
    """Return the query with one filter set or taken away; another category drops the chain."""
    others = {key: each for key, each in chosen.items() if key != name}
    if name == "category":
        others.pop("chain", None)
    if value is not None:
        others[name] = value
    query = query_of(others)
    return f"?{urlencode(query)}" if query else "?"
