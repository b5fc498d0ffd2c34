"""Indonesian: "31 Desember 2026", "31 Desember 2026, 14.05"."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, G.i"
TIME_FORMAT = "G.i"
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"
SHORT_DATE_FORMAT = "d-m-Y"
