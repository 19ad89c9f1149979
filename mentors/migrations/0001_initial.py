import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import mentors.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="名称")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="网址名")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_industrial", models.BooleanField(default=False, verbose_name="含产业链")),
            ],
            options={
                "verbose_name": "类别",
                "verbose_name_plural": "类别",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="TopicType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, unique=True, verbose_name="名称")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="网址名")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
            ],
            options={
                "verbose_name": "课题类型",
                "verbose_name_plural": "课题类型",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="IndustrialChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="名称")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="网址名")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chains",
                        to="mentors.category",
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "产业链",
                "verbose_name_plural": "产业链",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Mentor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="姓名")),
                (
                    "photo",
                    models.ImageField(blank=True, upload_to=mentors.models.photo_path, verbose_name="照片"),
                ),
                ("employer", models.CharField(max_length=100, verbose_name="工作单位")),
                ("title", models.CharField(blank=True, max_length=100, verbose_name="职务/职称")),
                ("introduction", models.TextField(blank=True, max_length=5000, verbose_name="简介")),
                (
                    "specialities_text",
                    models.TextField(
                        blank=True,
                        help_text="用顿号或逗号分开，如：面试技巧、薪酬谈判。",
                        max_length=500,
                        verbose_name="擅长",
                    ),
                ),
                (
                    "is_listed",
                    models.BooleanField(
                        default=True, help_text="在聘期内的导师才会出现在公开目录。", verbose_name="目录展示"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="登记时间"
                    ),
                ),
                (
                    "categories",
                    models.ManyToManyField(
                        blank=True,
                        related_name="further_mentors",
                        to="mentors.category",
                        verbose_name="其他类别",
                    ),
                ),
                (
                    "chains",
                    models.ManyToManyField(
                        blank=True,
                        related_name="further_mentors",
                        to="mentors.industrialchain",
                        verbose_name="其他产业链",
                    ),
                ),
                (
                    "primary_category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="primary_mentors",
                        to="mentors.category",
                        verbose_name="主类别",
                    ),
                ),
                (
                    "primary_chain",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="primary_mentors",
                        to="mentors.industrialchain",
                        verbose_name="主产业链",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentor",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "topic_types",
                    models.ManyToManyField(
                        blank=True, related_name="mentors", to="mentors.topictype", verbose_name="课题类型"
                    ),
                ),
            ],
            options={
                "verbose_name": "职业导师",
                "verbose_name_plural": "职业导师",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="聘书编号")),
                ("starts_on", models.DateField(verbose_name="聘期开始")),
                ("ends_on", models.DateField(verbose_name="聘期结束")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "在聘"), ("ended", "期满"), ("revoked", "解聘")],
                        default="in_force",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "mentor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to="mentors.mentor",
                        verbose_name="职业导师",
                    ),
                ),
            ],
            options={
                "verbose_name": "聘期",
                "verbose_name_plural": "聘期",
                "ordering": ["-starts_on", "-id"],
                "indexes": [
                    models.Index(fields=["mentor", "state", "ends_on"], name="appointment_mentor_state")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="appointment_ends_after_start",
                        violation_error_message="聘期结束须晚于聘期开始。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_force", "ended", "revoked"])),
                        name="appointment_state_known",
                    ),
                ],
            },
        ),
    ]
