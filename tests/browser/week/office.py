"""The invented office of the week: Pati with Jepara and Blora, and its fifty members."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

OFFICE, NAME = "kanim-pati", "Kantor Imigrasi Kelas I Non TPI Pati"
KABUPATEN, KECAMATAN, VILLAGE = "33.18", "33.18.01", "33.18.01.2001"
REGENCIES = {"33.18": "Kabupaten Pati", "33.20": "Kabupaten Jepara", "33.16": "Kabupaten Blora"}
TODAY = datetime.now(ZoneInfo("Asia/Jakarta")).date()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)  # its last day
SINCE = LAST_MONTH.replace(day=1)

SUKOLILO = [f"33.18.01.20{number:02d}" for number in range(1, 17)]
KAYEN = [f"33.18.02.20{number:02d}" for number in range(1, 18)]
# user name, agency, role, area, post
OTHERS = (
    ("", "Kecamatan", "", "33.18.01", "Sekretaris Kecamatan"),
    ("", "Kecamatan", "", "Kec. Kayen, Kab. Pati", "Sekretaris Kecamatan"),
    ("", "Kecamatan", "", "33.20.01", "Sekretaris Kecamatan"),
    ("", "Kesbangpol", "sekretaris kabupaten/kota", "33.18", "Sekretaris Tim Pora"),
    ("", "Kesbangpol", "sekretaris kabupaten/kota", "33.20", "Sekretaris Tim Pora"),
    ("", "Kesbangpol", "sekretaris kabupaten/kota", "Kabupaten Blora", "Sekretaris Tim Pora"),
    ("", "Disnaker", "", "33.18", "Kepala Bidang Penempatan Tenaga Kerja"),
    ("", "Disdukcapil", "", "33.18", "Kepala Bidang Pelayanan Pendaftaran Penduduk"),
    ("", "Dinas Pariwisata", "", "33.18", "Kepala Bidang Destinasi"),
    ("", "Polres", "", "33.18", "Kepala Satuan Intelkam"),
    ("", "Kodim", "", "33.18", "Perwira Seksi Intelijen"),
    ("", "Kejaksaan Negeri", "", "33.18", "Kepala Seksi Intelijen"),
    ("polsek-sukolilo", "Polsek", "instansi anggota", "33.18.01", "Kanit Intelkam"),
    ("koramil-sukolilo", "Koramil", "instansi anggota", "33.18.01", "Bati Tuud"),
    ("inteldakim", "Imigrasi", "petugas imigrasi", NAME, "Kepala Seksi Inteldakim"),
    ("kakanim", "Imigrasi", "ketua", NAME, "Kepala Kantor"),
    ("kanwil-jateng", "Imigrasi", "pembaca angka", "33", "Kepala Bidang Penegakan Hukum"),
)
WRONG_AREA = "33.18.01.2999"
TEAM = {
    "Area": "33.18",
    "Name": "Tim Pora Kabupaten Pati",
    "Decree number": "W.13.IMI.IMI.9-0001.GR.03.05 (contoh)",
    "Decree date": date(TODAY.year - 1, 12, 1).isoformat(),
    "From": date(TODAY.year - 1, 12, 1).isoformat(),
    "Until": date(TODAY.year + 1, 12, 31).isoformat(),
}
LETTERHEAD = f"Kementerian Rekaan Republik Contoh\nDirektorat Jenderal Contoh\n{NAME} (contoh)"
PASSPORT = {"Document": "passport", "Issued by": "KOR", "Document number": "XQ4418207"}


def members(*, wrong: bool = False) -> list[dict[str, str]]:
    """The rows of the list; with `wrong` the third names a village that does not exist."""
    rows = [_village(number, code) for number, code in enumerate((*SUKOLILO, *KAYEN), start=1)]
    rows += [_other(number, *each) for number, each in enumerate(OTHERS, start=len(rows) + 1)]
    if wrong:
        rows[2] |= {"Kode wilayah atau nama wilayah": WRONG_AREA}
    return rows


def _village(number: int, code: str) -> dict[str, str]:
    row = _row(number, agency="Desa/Kelurahan", area=code, title="Sekretaris Desa")
    return row | {"HP": f"0812 0018 {number:04d}"}


def _other(number: int, username: str, agency: str, role: str, area: str, title: str) -> dict[str, str]:
    return _row(number, agency=agency, area=area, title=title) | {"Nama pengguna": username, "Peran": role}


def _row(number: int, *, agency: str, area: str, title: str) -> dict[str, str]:
    return {
        "Nama": f"Anggota Rekaan {number:02d}",
        "Instansi": agency,
        "Kode wilayah atau nama wilayah": area,
        "Jabatan": title,
        "Mulai": SINCE.isoformat(),
    }
