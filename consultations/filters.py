"""How 约咨询 is narrowed: by kind of room, chain, unit and mentor."""

import django_filters

from consultations.models import ConsultationShift, ConsultationSlot, ConsultationSlotQuerySet
from mentor_portal.accounts.models import HostUnit
from mentors.filters import Chip, FilterGroup, filter_group, filter_url
from mentors.models import Category, IndustrialChain, Mentor

KINDS = {"talent": ConsultationShift.Kind.TALENT}


class SlotFilter(django_filters.FilterSet):
    """Kind and unit, category and chain by slug, mentor by number; what it does not know changes nothing."""

    kind = django_filters.ChoiceFilter(choices=[("talent", "高端人才洽谈")], method="by_kind")
    category = django_filters.ModelChoiceFilter(
        label="类别", queryset=Category.objects.all(), to_field_name="slug", method="by_category"
    )
    chain = django_filters.ModelChoiceFilter(
        label="产业链",
        queryset=IndustrialChain.objects.select_related("category"),
        to_field_name="slug",
        method="by_chain",
    )
    unit = django_filters.ModelChoiceFilter(queryset=HostUnit.objects.all(), field_name="shift__host_unit")
    mentor = django_filters.ModelChoiceFilter(queryset=Mentor.objects.all(), field_name="shift__mentor")

    class Meta:
        model = ConsultationSlot
        fields = ["kind", "category", "chain", "unit", "mentor"]

    @property
    def chosen(self) -> dict[str, object]:
        """The values in force, by name; what could not be understood is left out."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def slots(self) -> ConsultationSlotQuerySet:
        """The slots that are left; where no kind is chosen, those for everyone."""
        return self.qs if "kind" in self.chosen else self.qs.one_to_one()

    def by_kind(self, found: ConsultationSlotQuerySet, name: str, value: str) -> ConsultationSlotQuerySet:
        return found.filter(shift__kind=KINDS[value])

    def by_category(
        self, found: ConsultationSlotQuerySet, name: str, value: Category
    ) -> ConsultationSlotQuerySet:
        return found.filter(shift__mentor__in=Mentor.objects.in_category(value))

    def by_chain(
        self, found: ConsultationSlotQuerySet, name: str, value: IndustrialChain
    ) -> ConsultationSlotQuerySet:
        return found.of_chain(value)


def filter_groups(chosen: dict[str, object], units: list[HostUnit]) -> list[FilterGroup]:
    """Return the rows of chips: talks for talents, categories, the category's chains, units."""
    category = chosen.get("category") or getattr(chosen.get("chain"), "category", None)
    is_talent = "kind" in chosen
    talent = Chip(
        word="高端人才洽谈", url=filter_url(chosen, "kind", None if is_talent else "talent"), on=is_talent
    )
    groups = [
        FilterGroup(label="高端人才洽谈", name="kind", chips=[talent]),
        filter_group("类别", "category", Category.objects.all(), chosen, category),
    ]
    if category and category.is_industrial:
        chains = IndustrialChain.objects.filter(category=category)
        groups.append(filter_group("产业链", "chain", chains, chosen, chosen.get("chain")))
    if len(units) > 1:
        groups.append(filter_group("地点", "unit", units, chosen, chosen.get("unit")))
    return groups


def active_filters(chosen: dict[str, object]) -> list[Chip]:
    """Return one chip for each filter in force; its address is the page without that filter."""
    words = {
        name: "高端人才洽谈" if name == "kind" else getattr(value, "short_name", None) or str(value)
        for name, value in chosen.items()
    }
    return [Chip(word=word, url=filter_url(chosen, name, None)) for name, word in words.items()]
