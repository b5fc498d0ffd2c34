"""The growing week: an office that is not Semarang begins on an empty machine, and its reports count.

Every later issue adds its steps after the last; week/README.md says how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import graph_server
from tests.browser.inspection import Inspection
from tests.browser.week import (
    Week,
    chat,
    closing,
    first_day,
    lists,
    lodging,
    offline_day,
    opening,
    own_page,
    posts,
    reporting,
)
from tests.graph_server import Graph
from tests.line import Line
from tests.running import Installation

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.timeout(1500)]

STEPS: tuple[Callable[[Week], None], ...] = (
    first_day.an_empty_machine_is_made_ready_by_one_command,
    first_day.the_operator_comes_in_with_the_code_of_the_slip,
    first_day.the_operator_opens_the_office_and_says_what_it_answers_for,
    first_day.the_operator_agrees_to_letterhead_tiers_and_days,
    first_day.without_an_e_mail_server_slips_are_handed_over,
    first_day.the_operator_enters_the_team_with_its_decree,
    first_day.fifty_members_come_in_by_a_spreadsheet_once_its_wrong_row_is_mended,
    first_day.the_slips_of_a_kecamatan_come_in_one_print_and_then_all_others,
    reporting.a_village_officer_chooses_a_pin_by_the_slips_link,
    reporting.two_officers_share_one_phone_and_switch_with_their_pins,
    reporting.the_reader_of_the_office_sees_that_nobody_is_counted_yet,
    reporting.the_village_reports_a_resident_with_few_taps,
    reporting.another_village_signs_nil_for_last_month,
    reporting.the_secretary_confirms_by_keyboard_undoes_and_confirms_again,
    reporting.every_tier_shows_the_same_one_person,
    reporting.a_village_and_its_secretary_do_it_all_without_scripts,
    posts.a_kecamatan_falls_vacant_and_the_kabupaten_confirms_for_it,
    posts.two_villages_claim_one_person_who_is_counted_once,
    posts.the_village_answers_and_the_kabupaten_decides,
    posts.a_post_is_handed_over_while_its_holder_is_at_work,
    posts.the_successor_finds_what_waits_and_goes_on,
    opening.a_kabupaten_joins_the_office_with_five_members,
    opening.without_a_record_the_secretary_learns_how_to_come_by_one,
    opening.the_secretary_opens_the_balance_with_an_old_spreadsheet,
    opening.two_namesakes_are_told_apart_by_somebody_who_did_not_send_them,
    opening.the_village_answers_for_each_with_its_first_return,
    opening.the_kecamatan_decides_who_is_who_and_confirms,
    opening.the_first_return_is_sent,
    lists.immigration_agrees_a_record_with_itself_and_sends_its_list,
    lists.the_kecamatan_decides_whom_a_row_of_immigration_speaks_of,
    lists.labour_sends_its_list_and_learns_which_row_is_to_be_put_right,
    lists.the_civil_registry_sends_its_list,
    lists.the_lowest_tier_over_both_records_decides_what_is_left,
    lists.the_three_lists_are_compared_as_of_today,
    lists.gaps_are_closed_one_by_one_and_together_and_one_is_opened_again,
    lists.the_agreed_list_is_fetched_for_a_purpose,
    lists.every_tier_counts_the_same_two,
    offline_day.an_officer_prepares_the_phone_for_the_yards,
    offline_day.a_report_is_written_where_there_is_no_network,
    offline_day.the_network_comes_back_and_loses_one_answer,
    offline_day.the_kecamatan_confirms_what_came_from_the_yard,
    lodging.the_kecamatan_opens_a_lodging_and_invites_its_owner,
    lodging.the_owner_checks_a_guest_in_on_a_tablet,
    lodging.the_owner_fetches_the_receipt,
    lodging.the_kecamatan_reads_who_is_a_guest,
    own_page.a_village_officer_gives_the_link,
    own_page.the_person_opens_it_in_english_and_answers_two_questions,
    own_page.the_person_asks_for_a_correction,
    own_page.the_kabupaten_corrects_it_and_answers,
    own_page.the_person_reads_the_answer,
    chat.the_operator_gives_the_office_a_whatsapp_number,
    chat.a_village_officer_connects_a_whatsapp_by_a_code,
    chat.two_words_sign_nil_for_the_village,
    chat.nothing_about_anybody_passed_through_the_provider,
    closing.pages_and_command_line_agree_in_the_end,
    closing.the_ledger_is_sound,
    closing.the_doctor_is_content,
    closing.every_page_of_the_week_was_looked_at,
)


@pytest.fixture
def line(installation: Installation) -> Iterator[Line]:
    """A way to the installation that can be cut."""
    made = Line(installation.port)
    yield made
    made.close()


@pytest.fixture
def graph() -> Iterator[Graph]:
    """WhatsApp's provider."""
    with graph_server.running() as made:
        yield made
        assert made.refused == []


def test_the_growing_week(
    installation: Installation, contexts: Any, inspection: Inspection, line: Line, graph: Graph
) -> None:
    week = Week(installation, contexts, inspection, line, graph)
    for step in STEPS:
        try:
            step(week)
        except Exception as fault:
            screens = "\n".join(f"{who}: {each.screen()}" for who, each in week.devices.items())
            fault.add_note(f"In the step “{step.__name__.replace('_', ' ')}”; on the screens:\n{screens}")
            raise
