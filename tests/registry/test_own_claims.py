"""Nobody answers or decides what their own report has brought about, under whichever mandate; and what is
done for a vacant post says so.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, Cast, report
from tests.pages import text
from timpora.recaps.counting import counts
from timpora.registry.models import Claim, Person
from timpora.team.models import Mandate
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db
MARK = "untuk jabatan yang kosong"


@pytest.fixture
def world(noon: None) -> Cast:
    return cast.world()


def claimed(world: Cast, by: Mandate, confirming: Mandate) -> Claim:
    """Counted in Bakalankrapyak, also reported in Getas by `by`."""
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    report(by, area=GETAS, **PASSPORT).confirm(by=confirming)
    found: Claim = Claim.objects.get()
    return found


def people(*codes: str) -> list[int]:
    return [counts(code).people for code in codes]


def decide(by: Mandate, claim: Claim, outcome: str = "moved") -> Any:
    return cast.sign_in(by).post(f"/claims/{claim.pk}/decision/", {"outcome": outcome})


def test_the_secretary_who_sent_the_later_report_does_not_decide_and_the_office_does_marked(
    world: Cast,
) -> None:
    claim = claimed(world, world.kudus, world.immigration)
    page = text(cast.sign_in(world.kudus).get(f"/claims/{claim.pk}/"))
    assert "Anda kirim sendiri" in page and "/decision/" not in page
    assert list(Claim.objects.awaiting(world.kudus)) == []
    refused = decide(world.kudus, claim)
    assert refused.status_code == 400
    assert "dikirimnya sendiri" in text(refused)
    assert people(BAKALAN, GETAS) == [1, 0]

    assert list(Claim.objects.awaiting(world.immigration)) == [claim]
    assert "ditandai demikian" in text(cast.sign_in(world.immigration).get(f"/claims/{claim.pk}/"))
    assert decide(world.immigration, claim).status_code == 303
    assert people(BAKALAN, GETAS) == [0, 1]
    claim.refresh_from_db()
    assert claim.mark == "vacant"
    assert MARK in text(cast.sign_in(world.immigration).get(f"/claims/{claim.pk}/"))
    person = Person.objects.get()
    assert MARK in text(cast.sign_in(world.kudus).get(f"/people/{person.pk}/"))


def test_a_deputy_at_the_deciding_tier_decides_unmarked_where_the_holder_sent_the_report(world: Cast) -> None:
    deputy = cast.user("deputy")
    Mandate.objects.grant(
        by=cast.SYSTEM, user=deputy, post=world.kudus.post, kind="plh", since=world.kudus.since,
        until=cast.TODAY.replace(month=12),
    )  # fmt: skip
    claim = claimed(world, world.kudus, world.immigration)
    assert list(Claim.objects.awaiting(world.immigration)) == []
    assert decide(world.immigration, claim).status_code == 400
    acting = Mandate.objects.get(user=deputy)
    assert decide(acting, claim).status_code == 303
    claim.refresh_from_db()
    assert claim.mark == ""


def test_under_another_mandate_the_sender_neither_answers_nor_decides(world: Cast) -> None:
    """One user holds the claiming village, the counting village as a deputy, and the kabupaten."""
    also_there, above = (
        cast.post_and_seat("second-of-bakalan", Role.VILLAGE, area=BAKALAN, user=world.getas.user),
        cast.post_and_seat("second-of-kudus", Role.SECRETARY, area="33.19", user=world.getas.user),
    )
    claim = claimed(world, world.getas, world.jati)
    village = cast.sign_in(also_there)
    assert list(Claim.objects.awaiting(also_there)) == []
    assert "/answer/" not in text(village.get(f"/claims/{claim.pk}/"))
    answer = village.post(f"/claims/{claim.pk}/answer/", {"answer": "moved"})
    assert answer.status_code == 400
    assert "dikirimnya sendiri" in text(answer)
    assert decide(above, claim).status_code == 400
    assert people(BAKALAN, GETAS) == [1, 0]
    claim.refresh_from_db()
    assert (claim.answer, claim.closed_at) == ("", None)
    # The kabupaten's own secretary is somebody else.
    assert decide(world.kudus, claim).status_code == 303


def test_who_confirmed_the_later_report_may_decide_only_who_sent_it_may_not(world: Cast) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    report(world.prambatan, **PASSPORT).confirm(by=world.kaliwungu)
    claim = Claim.objects.get()
    assert decide(world.kaliwungu, claim, "stays").status_code == 303


def test_for_a_vacant_village_its_kecamatan_answers_marked_and_the_tier_above_decides(world: Cast) -> None:
    claim = claimed(world, world.getas, world.jati)
    kecamatan = cast.sign_in(world.kaliwungu)
    assert list(Claim.objects.awaiting(world.kaliwungu)) == []
    assert kecamatan.post(f"/claims/{claim.pk}/answer/", {"answer": "moved"}).status_code == 400
    world.bakalan.end(by=cast.SYSTEM)
    assert list(Claim.objects.awaiting(world.kaliwungu)) == [claim]
    assert "jabatan yang kosong" in text(kecamatan.get(f"/claims/{claim.pk}/"))
    assert kecamatan.post(f"/claims/{claim.pk}/answer/", {"answer": "moved"}).status_code == 303
    # What a tier says for a lower one has the last word of the tier above it.
    assert people(BAKALAN, GETAS) == [1, 0]
    claim.refresh_from_db()
    assert (claim.answer, claim.answer_mark, claim.closed_at) == ("moved", "vacant", None)
    assert MARK in text(cast.sign_in(world.kudus).get(f"/claims/{claim.pk}/"))
    assert decide(world.kudus, claim).status_code == 303
    assert people(BAKALAN, GETAS) == [0, 1]


def test_another_office_does_not_agree_by_the_hand_that_sent_the_report(world: Cast) -> None:
    pati = cast.pati()
    report(pati.village, **PASSPORT).confirm(by=pati.district)
    also = cast.post_and_seat("second-of-pati", Role.CHAIR, office="kanim-pati", user=world.bakalan.user)
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    claim = Claim.objects.get()
    assert list(Claim.objects.awaiting(also)) == []
    client = cast.sign_in(also)
    assert "/agreement/" not in text(client.get(f"/claims/{claim.pk}/"))
    assert client.post(f"/claims/{claim.pk}/agreement/").status_code == 400
    assert claim.awaits_agreement
    assert cast.sign_in(pati.officer).post(f"/claims/{claim.pk}/agreement/").status_code == 303
    assert not claim.awaits_agreement
