"""People and the units they work for: users, host units, sign-in codes, consents."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mentor_portal.accounts import rules


class Prefecture(models.TextChoices):
    """The 14 prefectures (市州) of Hunan, by their administrative code."""

    CHANGSHA = "4301", "长沙市"
    ZHUZHOU = "4302", "株洲市"
    XIANGTAN = "4303", "湘潭市"
    HENGYANG = "4304", "衡阳市"
    SHAOYANG = "4305", "邵阳市"
    YUEYANG = "4306", "岳阳市"
    CHANGDE = "4307", "常德市"
    ZHANGJIAJIE = "4308", "张家界市"
    YIYANG = "4309", "益阳市"
    CHENZHOU = "4310", "郴州市"
    YONGZHOU = "4311", "永州市"
    HUAIHUA = "4312", "怀化市"
    LOUDI = "4313", "娄底市"
    XIANGXI = "4331", "湘西土家族苗族自治州"

    @property
    def short_name(self) -> str:
        """The name as people say it: 长沙, 湘西."""
        return "湘西" if self is Prefecture.XIANGXI else self.label.removesuffix("市")

    @property
    def slug(self) -> str:
        """How addresses name it: the administrative code."""
        return self.value


class HostUnit(models.Model):
    """A unit that hosts activities (承办单位)."""

    class Kind(models.TextChoices):
        PROVINCE = "province", "省中心"
        PREFECTURE = "prefecture", "市州中心"
        CAMPUS = "campus", "院校"
        PARK = "park", "园区"
        MARKET = "market", "人力资源市场"
        OTHER = "other", "其他单位"

    name = models.CharField("名称", max_length=100, unique=True)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices, default=Kind.OTHER)
    prefecture = models.CharField("所在市州", max_length=4, choices=Prefecture.choices)
    address = models.CharField("地址", max_length=200, blank=True)
    telephone = models.CharField("联系电话", max_length=40, blank=True)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = "承办单位"
        verbose_name_plural = "承办单位"
        ordering = ["prefecture", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture"],
                condition=Q(kind="prefecture"),
                name="host_unit_one_centre_per_prefecture",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def prefecture_short(self) -> str:
        return Prefecture(self.prefecture).short_name


class UserManager(BaseUserManager["User"]):
    def create_user(self, phone: str | None = None, password: str | None = None, **fields: object) -> "User":
        """Create a person with a phone number or an e-mail address; the password may be left out."""
        email = fields.pop("email", None)
        user = self.model(
            phone=rules.normalise_phone(phone) if phone else None,
            email=rules.normalise_email(str(email)) if email else None,
            **fields,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, phone: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(phone, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: job seeker by default; mentor, judge or staff by what hangs on the account."""

    phone = models.CharField("手机号", max_length=11, unique=True, null=True, blank=True)
    email = models.EmailField("电子邮箱", unique=True, null=True, blank=True)
    name = models.CharField("姓名", max_length=30, blank=True)
    host_unit = models.ForeignKey(
        HostUnit,
        verbose_name="所属单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        help_text="市州等承办单位的工作人员只能看到本单位；省中心人员选省中心或留空。",
    )
    is_judge = models.BooleanField("评审专家", default=False)
    is_staff = models.BooleanField("工作人员", default=False, help_text="可以进入管理后台。")
    is_active = models.BooleanField("启用", default=True)
    date_joined = models.DateTimeField("注册时间", default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "phone"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False),
                name="user_has_phone_or_email",
            ),
        ]

    def __str__(self) -> str:
        return self.name or rules.mask_identifier(self.identifier)

    def clean(self) -> None:
        """Store phone and e-mail one way; the model's manager does the same."""
        if self.phone:
            try:
                self.phone = rules.normalise_phone(self.phone)
            except ValueError:
                raise ValidationError({"phone": "请填写 11 位大陆手机号。"}) from None
        self.phone = self.phone or None
        self.email = self.email.strip().lower() if self.email else None

    @property
    def identifier(self) -> str:
        return self.phone or self.email or ""

    @property
    def masked_phone(self) -> str:
        return rules.mask_identifier(self.phone) if self.phone else ""

    @property
    def is_provincial(self) -> bool:
        """Staff who see every unit: those of the provincial centre, or of no unit in particular."""
        return self.is_staff and (self.host_unit_id is None or self.host_unit.kind == HostUnit.Kind.PROVINCE)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class SignInCode(models.Model):
    """One code sent to a phone number or an e-mail address; the digits are kept as a hash only."""

    target = models.CharField("手机号或邮箱", max_length=254)
    address = models.GenericIPAddressField("网络地址", null=True)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField("发送时间")
    expires_at = models.DateTimeField("失效时间")
    attempts_left = models.PositiveSmallIntegerField("剩余次数", default=rules.CODE_ATTEMPTS)
    spent_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = "登录验证码"
        verbose_name_plural = "登录验证码"
        indexes = [
            models.Index(fields=["target", "created_at"], name="signin_code_target_time"),
            models.Index(fields=["address", "created_at"], name="signin_code_address_time"),
        ]

    def __str__(self) -> str:
        return rules.mask_identifier(self.target)


class SignInQuota(models.Model):
    """The row that is locked while the codes of a number or of an address are counted."""

    key = models.CharField(max_length=254, primary_key=True)

    class Meta:
        verbose_name = "验证码限额"
        verbose_name_plural = "验证码限额"

    def __str__(self) -> str:
        return rules.mask_identifier(self.key)


class PrivacyNotice(models.Model):
    """A version of the privacy notice; the newest published one is in force."""

    version = models.CharField("版本", max_length=20, unique=True)
    text = models.TextField("正文", help_text="空行分段。")
    published_on = models.DateField("发布日期", default=timezone.localdate)

    class Meta:
        verbose_name = "隐私政策"
        verbose_name_plural = "隐私政策"
        ordering = ["-published_on", "-id"]
        get_latest_by = ["published_on", "id"]

    def __str__(self) -> str:
        return self.version


class Consent(models.Model):
    """A person agreed to a version of the privacy notice."""

    person = models.ForeignKey(User, verbose_name="人员", on_delete=models.CASCADE, related_name="consents")
    notice = models.ForeignKey(PrivacyNotice, verbose_name="版本", on_delete=models.PROTECT)
    given_at = models.DateTimeField("同意时间")

    class Meta:
        verbose_name = "隐私政策同意记录"
        verbose_name_plural = "隐私政策同意记录"
        constraints = [
            models.UniqueConstraint(fields=["person", "notice"], name="consent_once_per_person_and_version"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.notice}"
