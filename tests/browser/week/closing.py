"""The end of the week: the chain is whole, the installation is well."""

from __future__ import annotations

import re

from tests.browser.week import Week


def the_ledger_is_sound(week: Week) -> None:
    said = week.installation.run("ledger", "verify").stdout
    assert "entries fit" in said
    assert int(re.sub(r"\D", "", said.split("entries")[0])) > 200, said


def pages_and_command_line_agree_in_the_end(week: Week) -> None:
    assert week.count() == week.count_by_command()
    assert week.figures["ID"] == (7, 0, 1)


def the_doctor_is_content(week: Week) -> None:
    said = week.installation.run("doctor", check=False)
    # How full the disk is says something of the machine that tests, not of the week.
    problems = [line for line in said.stdout.splitlines() if "PROBLEM" in line and "GB free" not in line]
    assert problems == []
    assert "the first day's checklist is done" in said.stdout
    assert "the background worker is running" in said.stdout
    logs = [each.log() for each in week.installation.running]
    assert len(logs) == 2 and not any("Traceback" in log for log in logs)  # started anew for WhatsApp


def every_page_of_the_week_was_looked_at(week: Week) -> None:
    assert week.inspection.faults == []
    assert len(week.inspection.paths()) > 45
