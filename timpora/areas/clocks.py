"""Which of Indonesia's three times an area keeps. Pure.

Source: Keppres 41/1987 (WIB, WITA, WIT by province as they then were). Provinces made since keep the time of
the one they came from: Kalimantan Utara that of Kalimantan Timur, Banten that of Jawa Barat, the six of Papua
that of Irian Jaya. No kabupaten keeps another time than its province; should one ever, its code goes in the
same table.
"""

from timpora.areas import codes

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"
LABELS = {WIB: "WIB", WITA: "WITA", WIT: "WIT"}
ZONES = {
    **dict.fromkeys(("11", "12", "13", "14", "15", "16", "17", "18", "19", "21"), WIB),
    **dict.fromkeys(("31", "32", "33", "34", "35", "36", "61", "62"), WIB),
    **dict.fromkeys(("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"), WITA),
    **dict.fromkeys(("81", "82", "91", "92", "93", "94", "95", "96"), WIT),
    codes.NATION: WIB,
}


def timezone(code: str) -> str:
    """The IANA name of the time the area keeps, from the nearest ancestor the table names."""
    return next(ZONES[above] for above in codes.ancestors(code) if above in ZONES)
