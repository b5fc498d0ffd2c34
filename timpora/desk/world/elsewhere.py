"""Who lives in the demo's other regencies and cities: drawn by lot, the same people on every machine."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from timpora.areas.codes import Level, at
from timpora.desk.world.people import Resident, dated, resident

# How many live in each, in plausible proportion.
ELSEWHERE = {"33.74": 126, "33.22": 61, "33.73": 44, "33.24": 57, "33.21": 23, "33.15": 14}
# Their numbers begin where those of Kudus will never reach.
FIRST_NUMBER = 1000

PARTS: dict[str, tuple[str, str, str]] = {
    # nationality: male given names, female given names, family names; Thai and Indian names may stand alone
    "CHN": ("Jun Hao Peng Tao Bin Chao", "Mei Lan Ying Fang Yan Jing", "Li Zhou Xu Ma Gao Luo Xie Tang"),
    "KOR": ("Dong-hyun Jae-won Sung-ho Tae-yang", "Hye-jin Eun-ji Soo-ah Da-som", "Lee Jung Kang Yoon Han"),
    "IND": ("Anil Vikram Manoj Deepak Arjun", "Sunita Kavita Lakshmi Anjali", "Patel Reddy Nair Verma Iyer"),
    "JPN": ("Kenji Takashi Daisuke Makoto", "Yuki Naoko Emi Sachiko", "Suzuki Nakamura Kobayashi Ito"),
    "TLS": (
        "Domingos Agostinho Celestino Mateus",
        "Filomena Rosalina Juliana Lucia",
        "Ximenes Guterres Amaral Pinto",
    ),
    "MYS": (
        "Faizal Azlan Hafiz Syafiq",
        "Siti Aisyah Farah Nadia",
        "bin_Omar bin_Ismail binti_Rahman binti_Zain",
    ),
    "VNM": ("Minh Hùng Quang Tuấn", "Lan Thảo Mai Hương", "Phạm Vũ Đặng Bùi"),
    "PHL": (
        "Rodrigo Emmanuel Rizaldy Danilo",
        "Maricel Jocelyn Rowena Lourdes",
        "Reyes Bautista Villanueva Ramos",
    ),
    "DEU": ("Jürgen Matthias Stefan Uwe", "Ute Sabine Katrin Heike", "Schäfer Vogel Lindner Krause"),
    "AUS": ("Craig Darren Bruce Shane", "Kylie Tegan Narelle Sheila", "Thornton Whitlam Barlow Quigley"),
    "YEM": ("Saleh Hamza Khaled Omar", "Amina Huda Salma Layla", "al-Awlaki al-Sanani Bawazir Basalamah"),
    "USA": (
        "Tyler Dwayne Marcus Preston",
        "Heather Brooke Shanice Peggy",
        "Hollister Fairbanks McAllister Deveraux",
    ),
}
FAMILY_FIRST = ("CHN", "KOR", "VNM")
# Passports of these have names in one line; what stands last is a father's name or a descent.
UNDIVIDED = ("MYS", "YEM")
PERMITS = (
    ("ITAS", "E23", "bekerja"),
    ("ITAS", "E23", "bekerja"),
    ("ITAS", "E31A", "ikut keluarga"),
    ("ITAS", "E30A", "kuliah"),
    ("ITAP", "E31A", "ikut keluarga"),
    ("ITK", "C2", "bisnis"),
)
# Days a permission to stay lasts; a resident's has begun with their arrival.
TERMS = {"ITAS": 730, "ITAP": 1825, "ITK": 180}
VISITS = ("C2", "B1", "D2")  # a single entry, a visa on arrival, several entries
WORKS = (
    ("PT Candi Baja", "teknisi las"),
    ("PT Ungaran Tekstil", "pengawas mutu"),
    ("PT Bawen Pangan", "ahli gizi"),
    ("PT Demak Keramik", "perancang"),
    ("PT Weleri Kayu", "manajer produksi"),
)
EVERY = 3  # of so many workers one is known with employer and plan


def elsewhere(villages: dict[str, list[str]], today: date) -> list[Resident]:
    """The people outside Kudus: `villages` gives each regency's reporting villages."""
    chance = random.Random(3319)  # nosec B311 # invented people, always the same ones
    found: list[Resident] = []
    seen: set[str] = set()
    for regency, many in ELSEWHERE.items():
        for _ in range(many):
            number = FIRST_NUMBER + len(found)
            row = _drawn(chance, villages[regency], seen)
            row |= _stay(row, number)
            found.append(resident(dated(row, today), number))
    return found


def _drawn(chance: random.Random, villages: list[str], seen: set[str]) -> dict[str, str]:
    """Who it is and why they are here; nobody is called like somebody in `seen`."""
    nation = chance.choice(list(PARTS))
    sex = chance.choice("FM")
    names = family = ""
    while not names or names in seen:
        names, given, family = _named(chance, nation, sex)
    seen.add(names)
    kind, index, purpose = chance.choice(PERMITS)
    row = {
        "names": names, "sex": sex, "nationality": nation, "permit_kind": kind, "permit_index": index,
        "purpose": purpose,
        "birth_date": str(date(1955, 1, 1) + timedelta(days=chance.randrange(17_000))),
        "address": f"RT {chance.randint(1, 8):02d}/RW {chance.randint(1, 6):02d}",
        "village": chance.choice(villages),
        "permit_until": str(chance.randint(10, 700)),
    }  # fmt: skip
    return row if nation in UNDIVIDED else row | {"family": family, "given": given}


def _named(chance: random.Random, nation: str, sex: str) -> tuple[str, str, str]:
    """The name as printed, the given names and the family name."""
    males, females, families = PARTS[nation]
    choice = (males if sex == "M" else females).split()
    given = " ".join(filter(None, (chance.choice(choice), chance.choice(["", "", chance.choice(choice)]))))
    family = chance.choice(families.split()).replace("_", " ")
    return f"{family} {given}" if nation in FAMILY_FIRST else f"{given} {family}", given, family


def _stay(row: dict[str, str], number: int) -> dict[str, str]:
    """Since when and until when, in days from today, and what is known of a visit or of work."""
    term = TERMS[row["permit_kind"]]
    left = 10 + int(row["permit_until"]) % (term - 60)
    stayed = 45 + number * 53 % min(641, term - left - 45)
    said: dict[str, Any] = {"event_on": -stayed, "permit_until": left}
    if row["permit_kind"] == "ITK":
        said["permit_index"] = VISITS[number % len(VISITS)]
        # A visa for several entries lasts a year; any other has been used up by coming.
        said["visa_until"] = number % 40 - stayed + (300 if said["permit_index"] == "D2" else 0)
    elif row["purpose"] == "bekerja" and number % EVERY == 0:
        said["employer"], said["job"] = WORKS[number // EVERY % len(WORKS)]
        said["work_area"] = at(Level.DISTRICT, row["village"])
        said |= {"rptka_from": left - TERMS["ITAS"] + 1, "rptka_until": left}
    return {name: str(value) for name, value in said.items()}
