"""Mentors (职业导师), the categories and chains they are listed under, and their appointments."""

import secrets
from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from mentor_portal.wording import search_words
from mentors.rules import directory, spelling

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from mentor_portal.accounts.models import User


class NamedQuerySet(models.QuerySet):
    """Rows that have a name."""

    def named(self, text: str) -> Self:
        """Those with every word of the text in the name; none where there is no word."""
        words = search_words(text)
        found = self if words else self.none()
        for word in words:
            found = found.filter(name__icontains=word)
        return found


class Category(models.Model):
    """A category (类别) of notice 三（一）: six industrial ones with chains, three extra ones without."""

    name = models.CharField("名称", max_length=30, unique=True)
    slug = models.SlugField("网址名", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    is_industrial = models.BooleanField("含产业链", default=False)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = "类别"
        verbose_name_plural = "类别"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as a chip shows it: 机械制造."""
        return self.name.removesuffix("类")


class IndustrialChain(models.Model):
    """An industrial chain (产业链) of notice 三（一）, in exactly one category."""

    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, related_name="chains"
    )
    name = models.CharField("名称", max_length=40, unique=True)
    slug = models.SlugField("网址名", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    objects = NamedQuerySet.as_manager()

    class Meta:
        verbose_name = "产业链"
        verbose_name_plural = "产业链"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as a chip shows it: 工程机械."""
        return self.name.removesuffix("产业链")


class TopicType(models.Model):
    """A type of topic (课题类型) of notice 三（二）1: 政策宣讲, 职业指导 …"""

    name = models.CharField("名称", max_length=20, unique=True)
    slug = models.SlugField("网址名", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = "课题类型"
        verbose_name_plural = "课题类型"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


def _named(word: str) -> Q:
    sound = spelling.sound_in(word)
    return Q(name__icontains=word) | Q(spelling__contains=f" {sound}") if sound else Q(name__icontains=word)


class SpellingField(models.TextField):
    """How the name of the row sounds; follows the name whenever the row is saved."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = spelling.spelling_of(model_instance.name)
        setattr(model_instance, self.attname, value)
        return value


class MentorQuerySet(models.QuerySet["Mentor"]):
    def appointed(self, on: date) -> Self:
        """Mentors with an appointment in force on this day."""
        return self.filter(Exists(Appointment.objects.in_force(on).filter(mentor=OuterRef("pk"))))

    def appointed_between(self, first: date, last: date) -> Self:
        """Mentors with an appointment that covers a part of these days; a revoked one (解聘) does not."""
        covering = Appointment.objects.covering(first, last).filter(mentor=OuterRef("pk"))
        return self.filter(Exists(covering))

    def listed(self, on: date) -> Self:
        """Mentors that the public directory shows on this day."""
        return self.filter(is_listed=True).appointed(on)

    def visible_to(self, user: "User | AnonymousUser", on: date) -> Self:
        """The listed ones; staff see every mentor, and a mentor sees the own page."""
        if user.is_staff:
            return self
        if not user.is_authenticated:
            return self.listed(on)
        listed = Mentor.objects.listed(on)
        return self.filter(Q(pk__in=listed) | Q(user=user))

    def named(self, word: str) -> Self:
        """Mentors whose name holds the word, or sounds like what it begins: 建国, zhoujian, zjg, jianguo."""
        return self.filter(_named(word))

    def matching(self, text: str) -> Self:
        """Mentors with every word of the text in name (or its sound), employer, title or specialities."""
        found = self
        for word in search_words(text):
            found = found.filter(
                _named(word)
                | Q(employer__icontains=word)
                | Q(title__icontains=word)
                | Q(specialities_text__icontains=word)
            )
        return found

    def in_category(self, category: Category) -> Self:
        """Mentors of a category: as primary, as a further one, or by a further chain within it."""
        further = Mentor.categories.through.objects.filter(mentor_id=OuterRef("pk"), category_id=category.pk)
        by_chain = Mentor.chains.through.objects.filter(
            mentor_id=OuterRef("pk"), industrialchain__category_id=category.pk
        )
        return self.filter(Q(primary_category=category) | Exists(further) | Exists(by_chain))

    def in_chain(self, chain: IndustrialChain) -> Self:
        """Mentors of a chain, as primary or further one."""
        further = Mentor.chains.through.objects.filter(mentor_id=OuterRef("pk"), industrialchain_id=chain.pk)
        return self.filter(Q(primary_chain=chain) | Exists(further))

    def teaching(self, topic_type: TopicType) -> Self:
        """Mentors who give topics of this type."""
        given = Mentor.topic_types.through.objects.filter(
            mentor_id=OuterRef("pk"), topictype_id=topic_type.pk
        )
        return self.filter(Exists(given))

    def in_directory_order(self) -> Self:
        """By category and chain in the order of the notice, then by age in the roster."""
        return self.order_by(
            "primary_category__position", F("primary_chain__position").asc(nulls_last=True), "id"
        )

    def with_headline(self) -> Self:
        """Load what ``headline`` reads."""
        return self.select_related("primary_category", "primary_chain").prefetch_related("topic_types")

    def with_fields(self) -> Self:
        """Load every category, chain and topic type of each mentor, in three more queries."""
        return self.with_headline().prefetch_related("categories", "chains")


def photo_path(mentor: "Mentor", filename: str) -> str:
    """Return a random place for a photo; the name it was uploaded under is not kept."""
    return f"mentors/{secrets.token_hex(16)}.jpg"


class Mentor(models.Model):
    """A part-time mentor (兼职职业导师) of the centre."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="账号",
        on_delete=models.PROTECT,
        related_name="mentor",
    )
    name = models.CharField("姓名", max_length=30)
    spelling = SpellingField("拼音", default="", blank=True, editable=False)
    photo = models.ImageField("照片", upload_to=photo_path, blank=True)
    employer = models.CharField("工作单位", max_length=100)
    title = models.CharField("职务/职称", max_length=100, blank=True)
    introduction = models.TextField("简介", max_length=5000, blank=True)
    specialities_text = models.TextField(
        "擅长", max_length=500, blank=True, help_text="用顿号或逗号分开，如：面试技巧、薪酬谈判。"
    )
    primary_category = models.ForeignKey(
        Category,
        verbose_name="主类别",
        on_delete=models.PROTECT,
        related_name="primary_mentors",
    )
    primary_chain = models.ForeignKey(
        IndustrialChain,
        verbose_name="主产业链",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="primary_mentors",
    )
    categories = models.ManyToManyField(
        Category, verbose_name="其他类别", blank=True, related_name="further_mentors"
    )
    chains = models.ManyToManyField(
        IndustrialChain, verbose_name="其他产业链", blank=True, related_name="further_mentors"
    )
    topic_types = models.ManyToManyField(
        TopicType, verbose_name="课题类型", blank=True, related_name="mentors"
    )
    is_listed = models.BooleanField("目录展示", default=True, help_text="在聘期内的导师才会出现在公开目录。")
    created_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        verbose_name = "职业导师"
        verbose_name_plural = "职业导师"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        chain = self.primary_chain
        if chain and self.primary_category_id and chain.category_id != self.primary_category_id:
            raise ValidationError({"primary_chain": f"“{chain}”属于“{chain.category}”，与主类别不一致。"})

    @property
    def initial(self) -> str:
        """The first character of the name, shown where there is no photo."""
        return self.name[:1]

    @property
    def specialities(self) -> list[str]:
        return directory.split_list(self.specialities_text)

    @property
    def all_categories(self) -> list[Category]:
        """The primary category first, then the further ones."""
        further = [each for each in self.categories.all() if each.pk != self.primary_category_id]
        return [self.primary_category, *further]

    @property
    def all_chains(self) -> list[IndustrialChain]:
        """The primary chain first where there is one, then the further ones."""
        further = [each for each in self.chains.all() if each.pk != self.primary_chain_id]
        return [self.primary_chain, *further] if self.primary_chain else further

    @property
    def headline(self) -> str:
        """One short line: 工程机械 · 面试技巧. Free of queries after ``with_fields``."""
        field = (self.primary_chain or self.primary_category).short_name.partition("(")[0]
        strengths = self.specialities or [each.name for each in self.topic_types.all()]
        return " · ".join([field, *strengths[:1]])


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date) -> Self:
        """Appointments that count on this day."""
        return self.filter(state=Appointment.State.IN_FORCE, starts_on__lte=on, ends_on__gte=on)

    def covering(self, first: date, last: date) -> Self:
        """Appointments, not revoked, that have at least one of these days; expired ones too."""
        return self.exclude(state=Appointment.State.REVOKED).filter(starts_on__lte=last, ends_on__gte=first)


class Appointment(models.Model):
    """A term of appointment (聘期) with the number of its certificate."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", "在聘"
        ENDED = "ended", "期满"
        REVOKED = "revoked", "解聘"

    mentor = models.ForeignKey(
        Mentor, verbose_name="职业导师", on_delete=models.CASCADE, related_name="appointments"
    )
    number = models.CharField("聘书编号", max_length=40, unique=True)
    starts_on = models.DateField("聘期开始")
    ends_on = models.DateField("聘期结束")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.IN_FORCE)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "聘期"
        verbose_name_plural = "聘期"
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["mentor", "state", "ends_on"], name="appointment_mentor_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="appointment_ends_after_start",
                violation_error_message="聘期结束须晚于聘期开始。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["in_force", "ended", "revoked"]),
                name="appointment_state_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class LikeQuerySet(models.QuerySet["Like"]):
    def of_year(self, year: int) -> Self:
        return self.filter(year=year)


class Like(models.Model):
    """A like (点赞量, annex 2) by somebody who attended something of the mentor: one for each year.

    ``year`` is the calendar year of what was attended. A like that is taken back is deleted.
    """

    mentor = models.ForeignKey(Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="likes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="求职者", on_delete=models.PROTECT, related_name="likes"
    )
    year = models.PositiveSmallIntegerField("年度")
    liked_at = models.DateTimeField("点赞时间", editable=False)

    objects = LikeQuerySet.as_manager()

    class Meta:
        verbose_name = "点赞"
        verbose_name_plural = "点赞"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "year", "person"], name="like_once_per_mentor_year_and_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor} · {self.year}"
