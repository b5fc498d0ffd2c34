"""Every setting of Timpora, read from the environment; docs/operating.md says what each one does."""

import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF

from timpora.database_url import named_database
from timpora.datafolder import folder, lasting_secret, place
from timpora.logs import logging_at

env = environ.Env()
PACKAGE = Path(__file__).resolve().parent


def database() -> dict[str, Any]:
    """The one database, with what each engine needs to be durable and to answer in time."""
    chosen = named_database(env.str("DATABASE_URL", default=""), DATA)
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["ENGINE"] = "timpora.sqlite"
        chosen["CONN_MAX_AGE"] = None
        chosen["OPTIONS"] = {
            # A transaction that reads first and writes later would fail at once, without waiting its turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": DATABASE_TIMEOUT,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456"
            ),
        }
    else:
        # The pool keeps connections open over requests (Django then wants CONN_MAX_AGE to be 0).
        chosen["CONN_MAX_AGE"] = 0
        chosen["CONN_HEALTH_CHECKS"] = True
        pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=10), "timeout": 10}
        chosen.setdefault("OPTIONS", {}).update({"pool": pool, "connect_timeout": 5})
        if env.bool("DATABASE_PREPARED", default=True):
            # The server plans what timpora.prepared runs once a connection, not each time.
            chosen["OPTIONS"]["prepare_threshold"] = 3
    return chosen


DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
DATA = folder(Path(env.str("DATA", default="") or place()).expanduser().resolve())
SECRET_KEY = env.str("SECRET_KEY", default="") or lasting_secret(DATA / "secret-key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The keys that open document numbers must not lie beside them: a stolen copy of DATA then opens nothing.
VAULT_KEYS = (
    Path(env.str("VAULT_KEYS", default="") or (DATA if DEMO else DATA.parent) / "vault-keys")
    .expanduser()
    .resolve()
)

# The key that signs lodgings' receipts lies beside them; it is made at its first use.
SIGNING_KEY = (
    Path(env.str("SIGNING_KEY", default="") or VAULT_KEYS.with_name("signing-key")).expanduser().resolve()
)

# --- the web server ---------------------------------------------------------------------------------------
HOST = "127.0.0.1" if DEMO else env.str("HOST", default="127.0.0.1")
PORT = env.int("PORT", default=8000)
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = LOOPBACK if DEMO else env.list("ALLOWED_HOSTS", default=LOOPBACK)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
HTTPS = env.bool("HTTPS", default=not DEMO)
# What links outside the site's own pages begin with (messages, posters): "https://timpora.example.go.id".
SITE_ADDRESS = env.str("SITE_ADDRESS", default="").rstrip("/")

# --- the database -----------------------------------------------------------------------------------------
DATABASE_TIMEOUT = env.float("DATABASE_TIMEOUT", default=20.0)
DATABASES = {"default": database()}
SQLITE = DATABASES["default"]["ENGINE"] == "timpora.sqlite"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Several web processes must share the counts behind the rate limits.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
# SQLite has one writer at a time: more than two processes only wait (docs/decisions/0003-serving.md).
CORES = os.cpu_count() or 1
WEB_WORKERS = env.int("WEB_WORKERS", default=min(2, CORES) if SQLITE else CORES)
# More threads only compete for the interpreter; one alone would let a slow page hold its process.
WEB_THREADS = env.int("WEB_THREADS", default=2)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- the apps, top layer first ----------------------------------------------------------------------------
OURS = [
    *("desk", "inbound", "rights", "recaps", "exchange", "stays", "reports", "registry", "rooms", "papers"),
    *("team", "areas", "ledger"),
]
INSTALLED_APPS = [
    *(f"timpora.{app}" for app in OURS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.forms",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages travel compressed, with a random length of padding against BREACH (Django does both).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "timpora.desk.kept.KeptForms",
    "timpora.desk.not_allowed.NotAllowed",
    "timpora.team.middleware.MandateMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "timpora.urls"
WSGI_APPLICATION = "timpora.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "timpora.desk.context.shell",
            ]
        },
    }
]
# Forms render from templates/django/forms of our own where they exist.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- languages and time -----------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["timpora.formats"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Jakarta")
USE_TZ = True

# --- files: collected by `timpora start` under names that carry their hash --------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "timpora.stylesheet.StylesheetFinder",
]
MEDIA_ROOT = DATA / "files"
# A file that is sent waits in memory until it is sealed: nothing of a list lies in clear on the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 24 * 2**20
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "timpora.assets.HashedFiles"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED

# --- sign-in (docs/decisions/0004-sign-in-limits.md says which guard does what) ---------------------------
AUTH_USER_MODEL = "team.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "timpora.team.backend.Backend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# A PIN of six digits is a password here: guessing is stopped by axes, the first guesses by this policy.
AUTH_PASSWORD_VALIDATORS = [{"NAME": "timpora.team.secret_policy.SecretValidator"}]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_ADAPTER = "timpora.team.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "timpora.team.forms.sign_in.SignInForm",
    "change_password": "timpora.team.forms.sign_in.ChangeSecretForm",
}
# The adapter finds a typed mobile number's user name, so that both ways in share one count of failures.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS: dict[str, str | None] | bool = {
    "login": "120/m/ip",
    "login_failed": None,
    "join": "120/m/ip",
    "check": "120/m/ip",
    # A hotel's system sends its guests in one request; whoever guesses at tokens has few tries.
    "stays": "60/m/key",
    "stays_refused": "20/m/ip",
    # Beside the five wrong answers of each link: many people may sit behind one address of a dormitory.
    "my_data": "30/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# A passkey is another way in, not a second lock; who loses it uses the PIN or asks for a new slip.
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_FORMS = {
    "add_webauthn": "timpora.team.forms.passkey.AddPasskeyForm",
    "login_webauthn": "timpora.team.forms.passkey.PasskeySignInForm",
    "reauthenticate_webauthn": "timpora.team.forms.passkey.PasskeyAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers themselves allow passkeys on http://localhost; only there may the origin be insecure.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_FAILURE_LIMIT = env.int("SIGN_IN_FAILURES", default=10)
AXES_COOLOFF_TIME = env.float("SIGN_IN_PAUSE_HOURS", default=0.25)
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "timpora.team.views.sign_in.paused"
AXES_CLIENT_IP_CALLABLE = "allauth.core.internal.httpkit.get_client_ip"
# The ledger keeps who signed in; a second book of names and addresses would only be one more to guard.
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# --- the browser's protections ----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_ENGINE = "timpora.team.sessions"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600
# Looks at persons by one post on one day above which the data-protection officer is shown them (practice).
UNUSUAL_SEARCHES = env.int("UNUSUAL_SEARCHES", default=60)
SESSION_COOKIE_NAME = "timpora-session"
CSRF_COOKIE_NAME = "timpora-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Silenced: HTTPS redirects and HSTS belong to the proxy in front; the demo runs on plain HTTP on purpose.
# Sign-in is paused by user name alone, on purpose (docs/decisions/0004-sign-in-limits.md).
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016", "axes.W006"]

# --- e-mail: without EMAIL_HOST links and slips are shown to hand over ------------------------------------
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_PASSWORD", default="")
EMAIL_SECURITY = env.str("EMAIL_SECURITY", default="starttls")
EMAIL_USE_TLS = EMAIL_SECURITY == "starttls"
EMAIL_USE_SSL = EMAIL_SECURITY == "ssl"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="timpora@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"

# --- WhatsApp: without these four the line does not exist, and nothing is missing -------------------------
WHATSAPP_TOKEN = env.str("WHATSAPP_TOKEN", default="")
WHATSAPP_PHONE_ID = env.str("WHATSAPP_PHONE_ID", default="")
WHATSAPP_APP_SECRET = env.str("WHATSAPP_APP_SECRET", default="")
WHATSAPP_VERIFY_TOKEN = env.str("WHATSAPP_VERIFY_TOKEN", default="")
WHATSAPP_GRAPH = env.str("WHATSAPP_GRAPH", default="https://graph.facebook.com")

# --- logs: to the console, paths without query strings, never a name or a number --------------------------
LOGGING = logging_at(env.str("LOG_LEVEL", default="WARNING"))
