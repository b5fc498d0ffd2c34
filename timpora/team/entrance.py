"""The addresses of signing in, under the names allauth and Django look for; no sign-up, no reset by mail."""

from allauth.account import views as account
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from timpora.team.views import account as ours

urlpatterns = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/secret/", account.password_change, name="account_change_password"),
    path("account/first-secret/", account.password_set, name="account_set_password"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_index"),
    path("account/passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/removal/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("language/", ours.language, name="set_language"),
]
