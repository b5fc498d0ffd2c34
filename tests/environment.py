"""The environment of the tests, set before Django reads its settings (pytest loads this file first).

DATABASE_URL is left alone: `make test` gives it to run the same suite on PostgreSQL.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="timpora-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# What all processes of a run share (installed.py): the first one names it, the others inherit the name.
os.environ.setdefault("TESTS_SHARED", str(FOLDER / "shared"))
# Without compiled files each of the many processes we start would compile every module again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

for name in ("DEMO", "ALLOWED_HOSTS", "HTTPS", "EMAIL_URL", "PORT"):
    os.environ.pop(name, None)
os.environ["DATA"] = str(FOLDER / "data")
os.environ["VAULT_KEYS"] = str(FOLDER / "vault-keys")
os.environ["SECRET_KEY"] = "known to everybody, for tests only"
