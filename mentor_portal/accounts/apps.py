from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "mentor_portal.accounts"
    label = "accounts"
    verbose_name = "人员"
