"""All settings, each read from the environment, for the demo, the tests and real runs alike."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- Mode ---------------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
# The demo shows sign-in codes on the page; never set it where real people sign in.
DEMO = env.bool("DEMO", default=False)
# False only where the portal is served over plain HTTP: the demo, the tests.
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))

SECRET_KEY = env.str("SECRET_KEY", default="for-development-only" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text (DEBUG is off).")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many proxies of ours stand in front; the client's address is read that far back.
NUM_PROXIES = env.int("NUM_PROXIES", default=0)

# Part of the ids of feeds and calendar events, wherever the portal is served: readers take an entry with
# another id for another one, so it must never change once people have subscribed.
FEED_DOMAIN = env.str("FEED_DOMAIN", default="mentor-portal.invalid")

# --- Applications -------------------------------------------------------------------------------

INSTALLED_APPS = [
    # The plain configuration: the portal brings its own admin site.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.constance",
    "mentor_portal.home.admin_app.PortalAdminConfig",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "auditlog",
    "constance",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "import_export",
    "rest_framework",
    "drf_spectacular",
    "mentor_portal.accounts",
    "mentor_portal.reservations",
    "mentor_portal.notifications",
    "mentors",
    "classrooms",
    "consultations",
    "research",
    "evaluation",
    "mentor_portal.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "mentor_portal.home.middleware.DomainErrorMiddleware",
    "mentor_portal.accounts.middleware.StaffSecondFactorMiddleware",
]

ROOT_URLCONF = "mentor_portal.urls"
WSGI_APPLICATION = "mentor_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentor_portal.home.context_processors.portal",
            ],
        },
    },
]
# Widgets find their templates where pages do: templates/portal/widgets/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["portal"]
CRISPY_TEMPLATE_PACK = "portal"

# --- Data ---------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A transaction takes the write lock when it begins, so none fails half-way for want of it.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    # A file, so that the tests meet the same locks as the portal.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Requests never need Redis: sessions and the cache live in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    },
    # Each process's own: what costs less to lose than to share.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# What every visitor sees alike (the front page's lists, the schedule) is rendered anew after so many
# seconds; signed-in people always see the present. 0 renders it each time.
VISITOR_PAGES_KEPT_SECONDS = env.int("VISITOR_PAGES_KEPT_SECONDS", default=3)

MEDIA_ROOT = VAR_DIR / "media"
# Uploads under way, on the disk where they are kept, so that keeping one is a rename.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True)
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Off where files are not collected first: at development, in the tests.
HASHED_STATIC_NAMES = env.bool("HASHED_STATIC_NAMES", default=not DEBUG)
STORAGES = {
    "default": {"BACKEND": "mentor_portal.files.storage.WholeFileStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if HASHED_STATIC_NAMES
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC_NAMES

# --- Worker -------------------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 10, "socket_connect_timeout": 5}
else:
    CELERY_BROKER_URL = "filesystem://localhost/"
    _queue_dir = VAR_DIR / "queue"
    for _name in ("messages", "processed", "control"):
        (_queue_dir / _name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue_dir / "messages"),
        "data_folder_out": str(_queue_dir / "messages"),
        "processed_folder": str(_queue_dir / "processed"),
        "control_folder": str(_queue_dir / "control"),
        "store_processed": False,
    }
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "beat the worker's heart": {
        "task": "mentor_portal.home.tasks.beat_heart",
        "schedule": 30,
        "options": {"expires": 25},
    },
    "pass expired offers on": {
        "task": "mentor_portal.reservations.tasks.pass_expired_offers_on",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "finish what has ended": {
        "task": "mentor_portal.reservations.tasks.finish_offerings",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "remind people": {
        "task": "mentor_portal.reservations.tasks.remind_people",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "tell of short trips": {
        "task": "research.tasks.tell_short_trips",
        "schedule": 300,
        "options": {"expires": 280},
    },
    "read courseware": {
        "task": "classrooms.tasks.read_courseware",
        "schedule": 10,
        "options": {"expires": 10},
    },
    "ask for courseware": {
        "task": "classrooms.tasks.ask_for_courseware",
        "schedule": 3600,
        "options": {"expires": 3000},
    },
    # Each worker that takes one of these does parts of the run, so that all of them share it.
    "work on ranking runs": {
        "task": "evaluation.tasks.work_on_runs",
        "schedule": 2,
        "options": {"expires": 2},
    },
    "draft the ending year": {
        "task": "evaluation.tasks.draft_ending_year",
        "schedule": crontab(hour=23, minute=59),
    },
    "deliver messages": {
        "task": "mentor_portal.notifications.tasks.deliver_messages",
        "schedule": 5,
        "options": {"expires": 5},
    },
    "forget old sign-in codes": {
        "task": "mentor_portal.accounts.tasks.forget_old_codes",
        "schedule": 24 * 3600,
    },
    "sweep files": {
        "task": "mentor_portal.home.tasks.sweep_files",
        "schedule": crontab(hour=3, minute=30),
    },
}
# What staff read in 任务状态; each task of the schedule has its name here.
PERIODIC_TASK_NAMES = {
    "mentor_portal.home.tasks.beat_heart": "后台任务进程心跳",
    "mentor_portal.reservations.tasks.pass_expired_offers_on": "过期的递补名额转给下一位",
    "mentor_portal.reservations.tasks.finish_offerings": "结束已过时间的场次",
    "mentor_portal.reservations.tasks.remind_people": "开始前提醒已预约的人",
    "research.tasks.tell_short_trips": "调研报名不足时提醒工作人员",
    "classrooms.tasks.read_courseware": "读取课件文字并查重",
    "classrooms.tasks.ask_for_courseware": "提醒导师上传课件",
    "evaluation.tasks.work_on_runs": "计算两优排名",
    "evaluation.tasks.draft_ending_year": "年末自动计算一次（草稿）",
    "mentor_portal.notifications.tasks.deliver_messages": "发送短信和邮件",
    "mentor_portal.accounts.tasks.forget_old_codes": "清理过期的登录验证码",
    "mentor_portal.home.tasks.sweep_files": "清理未完成上传留下的文件",
}

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = reverse_lazy("accounts:sign-in")
LOGIN_REDIRECT_URL = reverse_lazy("home:me")
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "mentor_portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
# Nobody signs up by allauth's form; a star at the phone would keep accounts without one outside.
ACCOUNT_SIGNUP_FIELDS = ["phone", "email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ALLAUTH_TRUSTED_PROXY_COUNT = NUM_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "职业导师课堂"
# Staff without a second factor see nothing of the admin until they have one.
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=HTTPS)
STAFF_SESSION_HOURS = env.int("STAFF_SESSION_HOURS", default=10)
# Passwords are for staff; allauth sets this after the adapter has had its say.
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = STAFF_SESSION_HOURS * 3600

SMS_BACKEND = env.str("SMS_BACKEND", default="mentor_portal.accounts.sms.ConsoleBackend")
# The demo keeps its mails as files, to be looked at.
EMAIL_CONFIG = env.email_url(
    "EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}" if DEMO else "consolemail://"
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="noreply@localhost")
# A worker that has not said within this time what came of a message is taken for lost, and another tries
# again: longer than any carrier takes to answer.
DELIVERY_LEASE_SECONDS = env.int("DELIVERY_LEASE_SECONDS", default=120)

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
# Chinese words that the packages lack, or that read oddly in them.
LOCALE_PATHS = [BASE_DIR / "mentor_portal" / "home" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Safety -------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NUM_PROXIES else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 24 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "mentor_portal.home.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}
# The admin's own scripts (Alpine) evaluate expressions and set styles.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

# --- API ----------------------------------------------------------------------------------------

# How often one person or network address may ask; nothing sets no limit.
API_RATE = env.str("API_RATE", default="300/min")
REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PAGINATION_CLASS": "mentor_portal.api.pagination.Pages",
    "DEFAULT_PARSER_CLASSES": ["mentor_portal.api.parsers.BoundedJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["mentor_portal.api.throttling.PortalThrottle"],
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "mentor_portal.api.problems.answer",
    "NUM_PROXIES": NUM_PROXIES,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "职业导师课堂 开放接口",
    "DESCRIPTION": (
        "公开的内容无须登录，任何网站都可以读取和展示；预约须先在本网站登录，规则与网页相同。"
        "时间一律带时区（东八区）。编号（id）不变。"
        "请求过于频繁时返回 429，并在 Retry-After 中写明多少秒后再试。"
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.0.3",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_COERCE_PATH_PK": False,
    "COMPONENT_SPLIT_REQUEST": True,
    # It would need the tables, which a check before migrating has not; the tests hold the document instead.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "mentor_portal.api.schema.complete",
    ],
}

# --- Numbers and words that staff change in the admin -------------------------------------------

CONSTANCE_BACKEND = "constance.backends.database.DatabaseBackend"
CONSTANCE_SUPERUSER_ONLY = False
CONSTANCE_ADDITIONAL_FIELDS = {
    "hours": [
        "django.forms.IntegerField",
        {"widget": "unfold.widgets.UnfoldAdminIntegerFieldWidget", "min_value": 0, "max_value": 720},
    ],
    "hour_of_day": [
        "django.forms.IntegerField",
        {"widget": "unfold.widgets.UnfoldAdminIntegerFieldWidget", "min_value": 0, "max_value": 23},
    ],
    "count": [
        "django.forms.IntegerField",
        {"widget": "unfold.widgets.UnfoldAdminIntegerFieldWidget", "min_value": 1, "max_value": 10000},
    ],
    "hour": [
        "django.forms.IntegerField",
        {"widget": "unfold.widgets.UnfoldAdminIntegerFieldWidget", "min_value": 0, "max_value": 23},
    ],
    "hosts": [
        "mentor_portal.home.hosts.HostsField",
        {"widget": "unfold.widgets.UnfoldAdminTextareaWidget", "required": False, "max_length": 3000},
    ],
    "line": [
        "django.forms.CharField",
        {"widget": "unfold.widgets.UnfoldAdminTextInputWidget", "required": False, "max_length": 200},
    ],
}
CONSTANCE_CONFIG = {
    "OFFER_HOLD_HOURS": (12, "候补递补保留时长（小时，0 表示直接确认）", "hours"),
    "OFFER_HOLD_HOURS_LAST_DAY": (2, "开始前 24 小时内的递补保留时长（小时，0 表示直接确认）", "hours"),
    "CANCEL_FREE_HOURS_GROUP": (2, "课堂、集中诊断、调研：开始前多少小时可自行取消", "hours"),
    "CANCEL_FREE_HOURS_ONE_TO_ONE": (12, "一对一咨询：开始前多少小时可自行取消", "hours"),
    "WAITING_MANY": (10, "候补达到多少人时提示另行开班", "count"),
    "WAITING_MANY_PERCENT": (30, "候补达到名额的百分之几时提示另行开班", "count"),
    "MOST_ONE_TO_ONES": (2, "每人最多有几个未完成的一对一咨询", "count"),
    "FEW_SEATS": (5, "余位不多于此数时提示“仅余”", "count"),
    "CHECK_IN_OPENS_MINUTES": (30, "开始前多少分钟可以签到", "count"),
    "FINISH_AFTER_MINUTES": (30, "结束后多少分钟登记未到场", "count"),
    "DESK_OPEN_DAYS": (7, "结束后多少天内可在签到台更正", "count"),
    "NO_SHOW_LIMIT": (3, "未到场几次后暂停预约", "count"),
    "NO_SHOW_DAYS": (90, "未到场次数按最近多少天计算", "count"),
    "SUSPENSION_DAYS": (30, "暂停预约多少天", "count"),
    "REMINDER_DAY_HOUR": (18, "前一天几点提醒", "hour"),
    "REMINDER_SOON_HOURS": (2, "开始前几小时再次提醒", "count"),
    "CLASS_MINUTES": (90, "排课时一堂课默认多少分钟", "count"),
    "SLOT_MINUTES": (30, "一个咨询时段多少分钟", "count"),
    "SLOT_DAYS_AHEAD": (14, "咨询时段提前多少天开放预约", "count"),
    "SLOT_HELD_MINUTES": (10, "已约时段开始多少分钟后未到场，可让给现场求职者", "count"),
    "RESUME_FILE_MB": (10, "简历文件最大多少 MB", "count"),
    "SURVEY_OPEN_DAYS": (30, "课后多少天内可以评价和答问卷", "count"),
    "SURVEY_SHOWN_FROM": (3, "问卷满多少份才显示结果", "count"),
    "RATING_REPLY_WORKDAYS": (1, "差评须在多少个工作日内回复", "count"),
    "RATING_SETTLE_WORKDAYS": (15, "差评须在多少个工作日内办结", "count"),
    "COURSEWARE_DUE_DAYS": (3, "课后多少天内请导师上传课件", "count"),
    "COURSEWARE_FILE_MB": (50, "课件每个文件最大多少 MB（视频除外）", "count"),
    "COURSEWARE_VIDEO_MB": (200, "课件视频每个最大多少 MB", "count"),
    "COURSEWARE_VERSIONS": (20, "每份课件最多多少个版本", "count"),
    "SIMILAR_FROM_PERCENT": (40, "课件相似度达到百分之几时提示查看", "count"),
    "PLAGIARISM_ANSWER_WORKDAYS": (5, "导师须在多少个工作日内说明课件相似的原因", "count"),
    "TRIP_CAPACITY": (6, "每期调研默认多少个名额", "count"),
    "TRIP_MINIMUM": (5, "每期调研默认满多少人成行", "count"),
    "REPORT_MIN_LENGTH": (800, "调研报告至少多少字", "count"),
    "REPORT_FILES": (20, "每份调研报告最多多少个文件", "count"),
    "REPORT_FILE_MB": (20, "调研报告的文件每个最大多少 MB", "count"),
    "CODE_LIMIT_MINUTE": (1, "每个号码每分钟可获取验证码次数", "count"),
    "CODE_LIMIT_HOUR": (5, "每个号码每小时可获取验证码次数", "count"),
    "CODE_LIMIT_DAY": (10, "每个号码每天可获取验证码次数", "count"),
    "CODE_ADDRESS_LIMIT_MINUTE": (
        20,
        "每个网络地址每分钟可获取验证码次数（招聘会现场共用网络，宜放宽）",
        "count",
    ),
    "CODE_ADDRESS_LIMIT_HOUR": (200, "每个网络地址每小时可获取验证码次数", "count"),
    "CODE_ADDRESS_LIMIT_DAY": (1000, "每个网络地址每天可获取验证码次数", "count"),
    "QUIET_FROM_HOUR": (21, "几点起不发短信（0–23；与下一项相同表示全天可发）", "hour_of_day"),
    "QUIET_UNTIL_HOUR": (8, "几点起恢复发短信（0–23）", "hour_of_day"),
    "NOTICE_FILE_MB": (20, "通知公示的附件最大多少 MB", "count"),
    "PROOF_FILE_MB": (10, "结对帮扶和加分活动的证明材料最大多少 MB", "count"),
    "WIDGET_HOSTS": ("", "允许嵌入课堂的网站（每行一个域名，如 www.example.com）", "hosts"),
    "ORGANISER": ("湖南省人力资源服务中心", "主办单位", "line"),
    "TELEPHONE": ("", "联系电话", "line"),
    "ADDRESS": ("", "地址", "line"),
    "SITE_CODE": ("", "网站标识码", "line"),
    "ICP": ("", "ICP 备案号", "line"),
    "POLICE": ("", "公网安备号", "line"),
    "CONSULT_PLACE": ("", "现场咨询室地点", "line"),
    "CONSULT_HOURS": ("", "现场咨询室开放时间", "line"),
}
CONSTANCE_CONFIG_FIELDSETS = {
    "预约规则": (
        "OFFER_HOLD_HOURS",
        "OFFER_HOLD_HOURS_LAST_DAY",
        "CANCEL_FREE_HOURS_GROUP",
        "CANCEL_FREE_HOURS_ONE_TO_ONE",
        "WAITING_MANY",
        "WAITING_MANY_PERCENT",
        "FEW_SEATS",
        "CLASS_MINUTES",
    ),
    "现场与提醒": (
        "CHECK_IN_OPENS_MINUTES",
        "FINISH_AFTER_MINUTES",
        "DESK_OPEN_DAYS",
        "NO_SHOW_LIMIT",
        "NO_SHOW_DAYS",
        "SUSPENSION_DAYS",
        "REMINDER_DAY_HOUR",
        "REMINDER_SOON_HOURS",
    ),
    "咨询": (
        "MOST_ONE_TO_ONES",
        "SLOT_MINUTES",
        "SLOT_DAYS_AHEAD",
        "SLOT_HELD_MINUTES",
        "RESUME_FILE_MB",
    ),
    "课件与评价": (
        "COURSEWARE_DUE_DAYS",
        "COURSEWARE_FILE_MB",
        "COURSEWARE_VIDEO_MB",
        "COURSEWARE_VERSIONS",
        "SIMILAR_FROM_PERCENT",
        "PLAGIARISM_ANSWER_WORKDAYS",
        "SURVEY_OPEN_DAYS",
        "SURVEY_SHOWN_FROM",
        "RATING_REPLY_WORKDAYS",
        "RATING_SETTLE_WORKDAYS",
    ),
    "调研": ("TRIP_CAPACITY", "TRIP_MINIMUM", "REPORT_MIN_LENGTH", "REPORT_FILES", "REPORT_FILE_MB"),
    "登录验证码": (
        "CODE_LIMIT_MINUTE",
        "CODE_LIMIT_HOUR",
        "CODE_LIMIT_DAY",
        "CODE_ADDRESS_LIMIT_MINUTE",
        "CODE_ADDRESS_LIMIT_HOUR",
        "CODE_ADDRESS_LIMIT_DAY",
    ),
    "消息与通知": ("QUIET_FROM_HOUR", "QUIET_UNTIL_HOUR", "NOTICE_FILE_MB"),
    "结对帮扶": ("PROOF_FILE_MB",),
    "嵌入其他网站": ("WIDGET_HOSTS",),
    "网站信息": (
        "ORGANISER",
        "TELEPHONE",
        "ADDRESS",
        "SITE_CODE",
        "ICP",
        "POLICE",
        "CONSULT_PLACE",
        "CONSULT_HOURS",
    ),
}

# --- Logs ---------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # A hostile PDF can make its parser remark on each of a million objects.
    "loggers": {"pypdf": {"level": "CRITICAL"}},
}

# --- Staff's site -------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": "职业导师课堂 管理",
    "SITE_HEADER": "职业导师课堂",
    "SITE_SUBHEADER": "管理后台",
    "SITE_SYMBOL": "school",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "mentor_portal.home.admin_assets.favicon"}
    ],
    "STYLES": ["mentor_portal.home.admin_assets.lists"],
    "SCRIPTS": ["mentor_portal.home.admin_assets.field_names"],
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "8px",
    "DASHBOARD_CALLBACK": "mentor_portal.home.dashboard.dashboard",
    "ACCOUNT": {"navigation": [{"title": "两步验证", "link": reverse_lazy("mfa_index")}]},
    "SIDEBAR": {"navigation": "mentor_portal.home.navigation.navigation"},
    # The river blue of the portal's own style sheet.
    "COLORS": {
        "primary": {
            "50": "#E9F1F9",
            "100": "#D3E4F4",
            "200": "#A9CBE9",
            "300": "#7BAFDC",
            "400": "#4A8FCB",
            "500": "#2273B8",
            "600": "#135FA6",
            "700": "#0B4A82",
            "800": "#0A3C69",
            "900": "#0A2E4F",
            "950": "#061E35",
        },
    },
}
# An uploaded roster waits for its confirmation in the cache, and is forgotten after a day.
IMPORT_EXPORT_TMP_STORAGE_CLASS = "import_export.tmp_storages.CacheStorage"

# Fields are named one by one: those that point here from elsewhere, and password hashes, stay out.
AUDITLOG_INCLUDE_TRACKING_MODELS = (
    {
        "model": "accounts.User",
        "include_fields": [
            *("name", "phone", "email", "host_unit"),
            *("is_judge", "is_staff", "is_superuser", "is_active"),
        ],
        "mask_fields": ["phone", "email"],
        "m2m_fields": ["groups"],
    },
    {
        "model": "accounts.HostUnit",
        "include_fields": ["name", "kind", "prefecture", "address", "telephone", "is_active"],
    },
    {"model": "accounts.PrivacyNotice", "include_fields": ["version", "text", "published_on"]},
    {"model": "auth.Group", "include_fields": ["name"], "m2m_fields": ["permissions"]},
    {
        "model": "mentors.Mentor",
        "include_fields": [
            *("name", "photo", "employer", "title", "introduction", "specialities_text"),
            *("primary_category", "primary_chain", "is_listed"),
        ],
        "m2m_fields": ["categories", "chains", "topic_types"],
    },
    {
        "model": "mentors.Appointment",
        "include_fields": ["mentor", "number", "starts_on", "ends_on", "state"],
    },
    {"model": "mentors.Category", "include_fields": ["name", "slug", "position", "is_industrial"]},
    {"model": "mentors.IndustrialChain", "include_fields": ["category", "name", "slug", "position"]},
    {"model": "mentors.TopicType", "include_fields": ["name", "slug", "position"]},
    {
        "model": "evaluation.EvaluationYear",
        "include_fields": [
            *("year", "stage", "min_judges", "trim_extremes", "hides_authors"),
            *("courseware_awards", "mentor_awards", "class_base", "class_points", "consultation_points"),
            *("below_baseline", "placement_points", "collective_report_points", "free_report_points"),
            *("report_length", "bonus_points", "courseware_percent", "like_percent"),
            *("booking_percent", "survey_percent"),
        ],
    },
    {
        "model": "evaluation.RubricItem",
        "include_fields": ["year", "rubric", "position", "group", "name", "requirement", "maximum"],
    },
    {"model": "evaluation.BonusEvent", "include_fields": ["mentor", "title", "held_on", "state", "reason"]},
    {"model": "evaluation.PanelJudge", "include_fields": ["year", "person", "employer"]},
    {"model": "evaluation.CoursewareEntry", "include_fields": ["courseware", "number", "state", "reason"]},
    {"model": "evaluation.ScoreSheet", "include_fields": ["judge", "state", "total", "reason"]},
    {"model": "evaluation.RankingRun", "include_fields": ["year", "number", "state", "is_result"]},
    {"model": "evaluation.Objection", "include_fields": ["name", "outcome", "answer"]},
    {
        "model": "reservations.Suspension",
        "include_fields": [
            "person",
            "starts_at",
            "ends_at",
            "reason",
            "lifted_at",
            "lifted_by",
            "lift_reason",
        ],
    },
    {
        "model": "reservations.Venue",
        "include_fields": ["name", "kind", "host_unit", "address", "seats", "is_active"],
    },
    {
        "model": "notifications.Notice",
        "include_fields": ["title", "body", "state", "published_at", "is_pinned", "host_unit"],
    },
    {"model": "notifications.NoticeAttachment", "include_fields": ["notice", "original_name"]},
    {
        "model": "research.ResearchTheme",
        "include_fields": ["year", "month", "title", "destination", "introduction", "published_at"],
        "m2m_fields": ["chains"],
    },
    {"model": "research.ResearchTrip", "include_fields": ["theme", "minimum", "gathering", "notes"]},
    {
        "model": "research.ResearchReport",
        "include_fields": ["state", "comment", "is_excellent", "published_at"],
    },
    {
        "model": "notifications.MessageTemplate",
        "include_fields": ["title", "body", "by_sms", "by_email"],
    },
    {
        "model": "consultations.Placement",
        "include_fields": ["pairing", "kind", "name", "started_on", "verified_at", "verified_by"],
    },
)
