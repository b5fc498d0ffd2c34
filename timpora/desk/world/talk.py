"""What the team of Kudus has written in its room: invented, and without a name of anybody it is about."""

from __future__ import annotations

import uuid

from timpora.desk.world.seats import Seats
from timpora.rooms.models import Message, Room, Thread
from timpora.team.models import Team

# Who wrote it (an account), and what. The one with a star is pinned as a decision, in the next one's name.
SAID = (
    (
        "kabupaten",
        "Selamat pagi. Rapat koordinasi bulan ini diusulkan hari Rabu pukul 09.00 di aula Kesbangpol.",
    ),
    ("kecamatan", "Kecamatan siap hadir. Apakah desa yang belum mengirim laporan bulanan perlu diundang?"),
    ("imigrasi", "Cukup diingatkan dulu; yang belum terbiasa bisa didampingi petugas kecamatan."),
    (
        "kabupaten",
        "*Diputuskan: rapat koordinasi Rabu pukul 09.00, bahan dari setiap instansi masuk hari Senin.",
    ),
    ("desa", "Baik. Data desa kami sudah terkirim; yang masih menunggu ada di beranda."),
    ("disnaker", "Daftar TKA terbaru sedang kami siapkan dan diunggah sebelum Senin."),
)


def begin(filled: Seats) -> Thread:
    """The room of the team, with what was said in it and one decision."""
    team = Team.objects.get(area="33.19")
    thread = Room.objects.follow(team).thread
    for number, (account, words) in enumerate(SAID):
        by = filled.accounts[account]
        sent_id = uuid.uuid5(uuid.NAMESPACE_OID, f"{team.pk} {number}")
        said: Message = thread.say(by=by, text=words.removeprefix("*"), sent_id=sent_id)
        if words.startswith("*"):
            said.pin(by=filled.accounts["imigrasi"])
    return thread
