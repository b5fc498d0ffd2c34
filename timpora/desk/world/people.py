"""Who lives in the demo: invented people whose names have the shapes that real lists struggle with.

Single names, patronymics, family names first and last, several scripts, initials, particles. Nobody is real.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

# Forty-eight invented people, one a line.
KUDUS = Path(__file__).with_name("kudus.csv")

# How many live in each of the other regencies and cities, in plausible proportion.
ELSEWHERE = {"33.74": 126, "33.22": 61, "33.73": 44, "33.24": 57, "33.21": 23, "33.15": 14}

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
PERMITS = (
    ("ITAS", "E23", "bekerja"),
    ("ITAS", "E23", "bekerja"),
    ("ITAS", "E31A", "ikut keluarga"),
    ("ITAS", "E30A", "kuliah"),
    ("ITAP", "E31A", "ikut keluarga"),
    ("ITK", "C2", "bisnis"),
)
GUARANTEED = ("bekerja", "ikut keluarga", "kuliah", "santri")


@dataclass(frozen=True)
class Resident:
    """One invented resident: where, since when, and what a report says of them."""

    village: str
    arrived_on: date
    values: dict[str, Any]


def of_kudus(today: date) -> list[Resident]:
    """The forty-eight of Kudus, six districts, none in Undaan, Mejobo and Jekulo."""
    lines = KUDUS.read_text(encoding="utf-8").splitlines()[1:]
    return [_resident(line.split("|"), number, today) for number, line in enumerate(lines)]


def elsewhere(villages: dict[str, list[str]], today: date) -> list[Resident]:
    """The others, the same on every machine: `villages` gives each regency's reporting villages."""
    chance = random.Random(3319)  # nosec B311: invented people, always the same ones
    found: list[Resident] = []
    seen: set[str] = set()
    for regency, number in ELSEWHERE.items():
        for _ in range(number):
            nation = chance.choice(list(PARTS))
            sex = chance.choice("FM")
            males, females, families = PARTS[nation]
            names = ""
            while not names or names in seen:
                given = chance.choice((males if sex == "M" else females).split())
                second = chance.choice(["", "", chance.choice((males if sex == "M" else females).split())])
                family = chance.choice(families.split()).replace("_", " ")
                order = (
                    (family, given, second) if nation in ("CHN", "KOR", "VNM") else (given, second, family)
                )
                names = " ".join(part for part in order if part)
            seen.add(names)
            permit, index, purpose = chance.choice(PERMITS)
            birth = date(1955, 1, 1) + timedelta(days=chance.randrange(17_000))
            address = f"RT {chance.randint(1, 8):02d}/RW {chance.randint(1, 6):02d}"
            row = [
                chance.choice(villages[regency]),
                names,
                sex,
                str(birth),
                nation,
                permit,
                index,
                str(chance.randint(10, 700)),
                purpose,
                address,
            ]
            found.append(_resident(row, len(found) + 1000, today))
    return found


def _resident(row: list[str], number: int, today: date) -> Resident:
    village, names, sex, birth, nation, permit, index, left, purpose, address = row
    values = {
        "names": names,
        "sex": sex,
        "birth_date": birth,
        "nationality": nation,
        "permit_kind": permit,
        "permit_index": index,
        "purpose": purpose,
        "address": address,
        "permit_until": str(today + timedelta(days=int(left))) if int(left) else "",
        "guarantor_status": "present" if purpose in GUARANTEED else "unknown",
    }
    if permit == "REFUGEE":
        values |= {
            "document_kind": "unhcr",
            "document_number": f"UN-{number:07d}",
            "guarantor_status": "not_required",
        }
    elif nation != "XXA":
        values |= {
            "document_kind": "passport",
            "document_issuer": nation,
            "document_number": passport(number),
        }
    if purpose == "bekerja":
        values["employer"] = address.split(",")[0].removeprefix("mess ") if address.startswith("mess") else ""
    arrived_on = today - timedelta(days=45 + (number * 53) % 640)
    return Resident(village, arrived_on, values)


def passport(number: int) -> str:
    """An invented passport number; the prefix belongs to no country's series."""
    return f"XQ{7_300_000 + number * 977}"
