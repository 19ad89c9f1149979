"""Categories, chains and mentors as the API shows them."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.reverse import reverse

from mentor_portal.api.views import PublicViewSet
from mentors.filters import MentorFilter
from mentors.models import Category, IndustrialChain, Mentor, TopicType

FIELDS_OF_NAMED = ["id", "slug", "name"]


class TopicTypeSerializer(serializers.ModelSerializer):
    class Meta:
        model = TopicType
        fields = FIELDS_OF_NAMED


class ChainNameSerializer(serializers.ModelSerializer):
    class Meta:
        model = IndustrialChain
        fields = FIELDS_OF_NAMED


class CategoryNameSerializer(serializers.ModelSerializer):
    class Meta:
        model = Category
        fields = FIELDS_OF_NAMED


class CategorySerializer(serializers.ModelSerializer):
    """A category with its chains; those without are the three extra ones."""

    chains = ChainNameSerializer(many=True)

    class Meta:
        model = Category
        fields = [*FIELDS_OF_NAMED, "is_industrial", "chains"]


class ChainSerializer(serializers.ModelSerializer):
    category = CategoryNameSerializer()

    class Meta:
        model = IndustrialChain
        fields = [*FIELDS_OF_NAMED, "category"]


class MentorNameSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="mentors:mentor-detail", help_text="导师主页")

    class Meta:
        model = Mentor
        fields = ["id", "name", "url"]


class MentorSerializer(MentorNameSerializer):
    """A mentor as the directory and the own page show one."""

    photo = serializers.SerializerMethodField(help_text="照片的地址，没有照片时为 null")
    headline = serializers.CharField(help_text="一行介绍，如：工程机械 · 面试技巧")
    specialities = serializers.ListField(child=serializers.CharField(), help_text="擅长")
    categories = CategoryNameSerializer(source="all_categories", many=True, help_text="类别，第一个是主类别")
    chains = ChainNameSerializer(source="all_chains", many=True, help_text="产业链，第一个是主产业链")
    topic_types = TopicTypeSerializer(many=True)

    class Meta:
        model = Mentor
        fields = [
            *MentorNameSerializer.Meta.fields,
            *("photo", "employer", "title", "headline", "introduction", "specialities"),
            *("categories", "chains", "topic_types"),
        ]

    def get_photo(self, mentor: Mentor) -> str | None:
        if not mentor.photo:
            return None
        return reverse("mentors:mentor-photo", args=[mentor.pk], request=self.context["request"])


@extend_schema(tags=["类别与产业链"])
class CategoryViewSet(PublicViewSet):
    """九个类别，其中六个工业类别含产业链。"""

    queryset = Category.objects.prefetch_related(Prefetch("chains", IndustrialChain.objects.all()))
    serializer_class = CategorySerializer


@extend_schema(tags=["类别与产业链"])
class ChainViewSet(PublicViewSet):
    """二十条产业链，各属一个类别。"""

    queryset = IndustrialChain.objects.select_related("category")
    serializer_class = ChainSerializer


@extend_schema(tags=["职业导师"])
class MentorViewSet(PublicViewSet):
    """公开目录中在聘的职业导师，按类别、产业链的顺序。"""

    queryset = Mentor.objects.in_directory_order()
    serializer_class = MentorSerializer
    filterset_class = MentorFilter
    orderings = {"id": ("id",), "-id": ("-id",), "name": ("name", "id"), "-name": ("-name", "-id")}

    def get_queryset(self) -> QuerySet[Mentor]:
        return super().get_queryset().listed(timezone.localdate()).with_fields()
