"""Public notices as the API shows them."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.reverse import reverse

from mentor_portal.api.views import PublicViewSet
from mentor_portal.notifications.models import Notice, NoticeAttachment


class AttachmentSerializer(serializers.ModelSerializer):
    url = serializers.SerializerMethodField(help_text="下载地址")
    name = serializers.CharField(source="original_name")

    class Meta:
        model = NoticeAttachment
        fields = ["id", "url", "name", "content_type", "size"]

    def get_url(self, file: NoticeAttachment) -> str:
        return reverse("notices:notice-file", args=[file.notice_id, file.pk], request=self.context["request"])


class NoticeSerializer(serializers.ModelSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="notices:notice-detail", help_text="网页地址")
    host_unit = serializers.CharField(
        source="host_unit.name", allow_null=True, default=None, help_text="发布单位，null 即省中心"
    )
    attachments = AttachmentSerializer(many=True)

    class Meta:
        model = Notice
        fields = [
            *("id", "url", "title", "body", "is_pinned", "published_at", "host_unit", "attachments"),
        ]


@extend_schema(tags=["通知公示"])
class NoticeViewSet(PublicViewSet):
    """通知公示，置顶的在前，其余新的在前。"""

    queryset = Notice.objects.published().in_order()
    serializer_class = NoticeSerializer
    orderings = {
        "published_at": ("published_at", "pk"),
        "-published_at": ("-published_at", "-pk"),
    }

    def get_queryset(self):
        return super().get_queryset().select_related("host_unit").prefetch_related("attachments")
