"""Takes away the lists that libraries bring: they would show secrets of signing in, and rows beside the ledger."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django_tasks_db.models import DBTaskResult

for _model in (Authenticator, DBTaskResult, EmailAddress, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(_model)
