"""The columns of a list of members, and the form to fill in. Headings are Indonesian in every language."""

from __future__ import annotations

from timpora import sheets
from timpora.sheets import Column, Limits
from timpora.team.models import Agency

LIMITS = Limits(size=2 * 2**20, rows=2_000, cell=300)
ROLES = (
    ("village", "petugas desa/kelurahan"),
    ("district", "sekretaris kecamatan"),
    ("secretary", "sekretaris kabupaten/kota"),
    ("immigration", "petugas imigrasi"),
    ("chair", "ketua"),
    ("contributor", "instansi anggota"),
    ("counts", "pembaca angka"),
    ("protection", "pelindungan data"),
    ("auditor", "auditor"),
    ("operator", "operator sistem"),
)
KINDS = (("holder", "definitif"), ("plt", "Plt"), ("plh", "Plh"))

COLUMNS = (
    Column(
        "name",
        "Nama",
        ("nama lengkap", "nama anggota", "nama pejabat"),
        True,
        "Nama sesuai surat penunjukan.",
        width=28,
    ),
    Column(
        "username",
        "Nama pengguna",
        ("username", "user name", "akun"),
        False,
        "Boleh kosong: dibuat dari jabatan dan wilayah.",
        width=22,
    ),
    Column(
        "phone",
        "HP",
        ("no hp", "nomor hp", "telepon", "no telepon", "whatsapp", "no wa", "mobile number"),
        False,
        "Boleh kosong. Tulis seperti 0812 3456 7890.",
        width=18,
    ),
    Column(
        "email",
        "Surel",
        ("email", "e mail", "alamat surel", "alamat email"),
        False,
        "Boleh kosong. Bila kantor mengirim surel, undangan masuk dapat dikirim ke sini.",
        width=26,
    ),
    Column(
        "agency",
        "Instansi",
        ("agency", "unsur", "dinas", "kesatuan"),
        True,
        "Pilih dari daftar, misalnya Disnaker, Polri, Kecamatan.",
        width=22,
    ),
    Column(
        "role",
        "Peran",
        ("role", "peran di timpora"),
        False,
        "Boleh kosong untuk desa/kelurahan, kecamatan, dan instansi anggota.",
        [label for _, label in ROLES],
        26,
    ),
    Column(
        "area",
        "Kode wilayah atau nama wilayah",
        ("wilayah", "kode wilayah", "nama wilayah", "area", "desa", "kecamatan"),
        True,
        "Misalnya 33.19.01.2001 atau Bakalankrapyak. Kosong: kantor imigrasi.",
        width=30,
    ),
    Column("title", "Jabatan", ("post", "jabatan dalam dinas"), True, "Misalnya Sekretaris Desa.", width=28),
    Column(
        "kind",
        "Jenis",
        ("jenis jabatan", "status", "kind"),
        False,
        "Kosong berarti definitif.",
        [label for _, label in KINDS],
        12,
    ),
    Column(
        "since",
        "Mulai",
        ("sejak", "tmt", "from", "mulai tanggal"),
        False,
        "Kosong: mulai hari ini. Tulis 2026-01-31.",
        width=14,
    ),
    Column(
        "until", "Sampai", ("hingga", "until", "sampai tanggal"), False, "Wajib untuk Plt dan Plh.", width=14
    ),
)
EXAMPLES = (
    {
        "name": "Contoh Satu",
        "phone": "0812 0000 0001",
        "agency": "Desa/Kelurahan",
        "area": "33.19.01.2001",
        "title": "Sekretaris Desa",
    },
    {
        "name": "Contoh Dua",
        "agency": "Kecamatan",
        "area": "Kec. Kaliwungu, Kab. Kudus",
        "title": "Sekretaris Kecamatan",
        "kind": "Plt",
        "since": "2026-01-05",
        "until": "2026-06-30",
    },
    {
        "name": "Contoh Tiga",
        "username": "disnaker-kudus",
        "agency": "Disnaker",
        "role": "instansi anggota",
        "area": "33.19",
        "title": "Kepala Bidang Penempatan Tenaga Kerja",
    },
)
NOTES = (
    "Isi lembar pertama, satu baris untuk satu orang pada satu jabatan. Jangan mengubah judul kolom.",
    "Setelah diunggah, Anda melihat dahulu apa yang akan berubah. "
    "Belum ada yang disimpan sebelum Anda menekan tombol impor.",
    "Mengunggah daftar yang sama sekali lagi tidak mengubah apa-apa.",
    "Pergantian pejabat tidak lewat daftar ini: pakai tombol Serah terima di halaman jabatan.",
)


def blank() -> bytes:
    """The XLSX to fill in, with examples and notes on sheets of their own."""
    short = list(Agency.objects.of_members().values_list("short", flat=True))
    columns = [
        Column(c.name, c.heading, c.aliases, c.required, c.note, short, c.width) if c.name == "agency" else c
        for c in COLUMNS
    ]
    return sheets.template(columns, EXAMPLES, NOTES)
