"""The filters of the schedule, and the chips that switch them."""

from collections.abc import Iterable
from urllib.parse import urlencode

import django_filters

from classrooms.models import ClassSession, ClassSessionQuerySet
from mentor_portal.accounts.models import Prefecture
from mentors.filters import Chip, FilterGroup, filter_group, filter_url, query_of
from mentors.models import Category, IndustrialChain, TopicType


class SessionFilter(django_filters.FilterSet):
    """Prefecture by code; category, chain and type by slug; free seats; words."""

    prefecture = django_filters.ChoiceFilter(
        label="市州（行政区划代码）",
        choices=Prefecture.choices,
        field_name="offering__venue__host_unit__prefecture",
    )
    category = django_filters.ModelChoiceFilter(
        label="类别", queryset=Category.objects.all(), to_field_name="slug"
    )
    chain = django_filters.ModelChoiceFilter(
        label="产业链",
        queryset=IndustrialChain.objects.select_related("category"),
        to_field_name="slug",
        method="by_chain",
    )
    type = django_filters.ModelChoiceFilter(
        label="课题类型", queryset=TopicType.objects.all(), to_field_name="slug", field_name="topic_type"
    )
    free = django_filters.ChoiceFilter(
        label="只看有余位的", choices=[("1", "有余位")], method="by_free_seats"
    )
    q = django_filters.CharFilter(label="关键词", method="by_words")

    class Meta:
        model = ClassSession
        fields = ["prefecture", "category", "chain", "type", "free", "q"]

    def by_chain(
        self, found: ClassSessionQuerySet, name: str, value: IndustrialChain
    ) -> ClassSessionQuerySet:
        links = ClassSession.chains.through.objects.filter(industrialchain_id=value.pk)
        return found.filter(pk__in=links.values("classsession_id"))

    def by_free_seats(self, found: ClassSessionQuerySet, name: str, value: str) -> ClassSessionQuerySet:
        return found.with_place()

    def by_words(self, found: ClassSessionQuerySet, name: str, value: str) -> ClassSessionQuerySet:
        return found.matching(value)

    @property
    def chosen(self) -> dict[str, object]:
        """The values in force, by name; what could not be understood is left out."""
        self.form.is_valid()
        values = {name: value for name, value in self.form.cleaned_data.items() if value}
        if "prefecture" in values:
            values["prefecture"] = Prefecture(values["prefecture"])
        return values

    @property
    def query(self) -> str:
        """The values in force as an address ends with them: ``?category=machinery``, or nothing."""
        query = urlencode(query_of(self.chosen))
        return f"?{query}" if query else ""


def filter_groups(chosen: dict[str, object]) -> list[FilterGroup]:
    """Return the rows of chips: free seats, prefectures, categories, the category's chains, types."""
    category = chosen.get("category") or getattr(chosen.get("chain"), "category", None)
    chains: Iterable[IndustrialChain] = IndustrialChain.objects.filter(category=category) if category else []
    has_free = "free" in chosen
    free = Chip(word="有余位", url=filter_url(chosen, "free", None if has_free else "1"), on=has_free)
    groups = [
        FilterGroup(label="有余位", name="free", chips=[free]),
        filter_group("市州", "prefecture", Prefecture, chosen, chosen.get("prefecture")),
        filter_group("类别", "category", Category.objects.all(), chosen, category),
    ]
    if chains:
        groups.append(filter_group("产业链", "chain", chains, chosen, chosen.get("chain")))
    groups.append(filter_group("类型", "type", TopicType.objects.all(), chosen, chosen.get("type")))
    return groups


def active_filters(chosen: dict[str, object]) -> list[Chip]:
    """Return one chip for each filter in force; its address is the schedule without that filter."""
    words = {
        name: "有余位" if name == "free" else getattr(value, "short_name", None) or str(value)
        for name, value in chosen.items()
    }
    return [Chip(word=word, url=filter_url(chosen, name, None)) for name, word in words.items()]
