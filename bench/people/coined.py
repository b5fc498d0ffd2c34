"""More family names for cultures that have many: a head and a tail put together by chance."""

from __future__ import annotations

HEADS_AND_TAILS: dict[str, tuple[str, str]] = {
    "Indian": (
        "Rama Shiva Deva Bhatta Nara Jaya Chandra Surya Hari Gopa",
        "kar nathan swamy charya raj pal dev das",
    ),
    "Tamil": (
        "Raja Siva Bala Nata Veera Kanna Sunda Chella",
        "ratnam lingam pandian durai samy nayagam",
    ),
    "Japanese": (
        "Kawa Yama Mori Naka Kita Nishi Hoso Matsu Sugi Taka",
        "mura shita guchi moto sawa hara naga oka",
    ),
    "Russian": (
        "Beloz Gromyk Dubrov Karpen Lebyad Orlov Sokol Tikhom Vorob Zhurav",
        "in yov ev enin ikov entsev",
    ),
    "Filipino": (
        "Cata Maca Dima Paga Bali Luma Sala Tala",
        "lan raeg pitan yao bang ong dig gal",
    ),
    "Timorese": (
        "Carva Olive Ferra Madu Noro Quinta Barre Silve",
        "lho ira reira nha ros to les das",
    ),
    "Dutch": (
        "Hof Brou Ven Kool Molen Dijk Wester Linden",
        "stra wers huis man beek veld hout kamp",
    ),
    "German": (
        "Hof Lang Stein Berg Wald Linden Eichen Rosen",
        "mann meier bach ner feld hauser berger thal",
    ),
    "Turkish": (
        "Kara Ak Demir Taş Gök Yeşil Sarı Bay",
        "oğlu kaya er han dağ göz türk su",
    ),
    "Bangladeshi": (
        "Mazum Talukd Bhuiy Haol Mollik Sikd Pramanik Dewan",
        "der ar an ullah uddin pur i",
    ),
    "Egyptian": (
        "Abdel Abou El Ibn Hassan Salam Nasr Badr",
        "fattah ghani aziz shazly din naggar haddad wahab",
    ),
}  # fmt: skip


def families(culture: str) -> tuple[str, ...]:
    """The coined names of a culture, in a fixed order; empty for one whose family names are few."""
    heads, tails = HEADS_AND_TAILS.get(culture, ("", ""))
    return tuple(head + tail for head in heads.split() for tail in tails.split())
