"""After a load: every answered report is there, waits, has its entry, and the chain is whole."""

from __future__ import annotations

import json

import django

django.setup()

from timpora.ledger.models import Entry  # noqa: E402
from timpora.ledger.verify import verify  # noqa: E402
from timpora.recaps.counting import counts, plain  # noqa: E402
from timpora.reports.models import Report  # noqa: E402


def main() -> None:
    reports = Report.objects.count()
    waiting = counts("ID").waiting
    entries = Entry.objects.filter(action="report.submitted").count()
    sound = verify().sound and waiting == reports == entries and plain("33.19").waiting == waiting
    print(json.dumps({"reports": reports, "sound": sound}))


if __name__ == "__main__":
    main()
