"""The demo's accounts, as the sign-in page and the command line show them."""

ACCOUNTS = (
    ("desa", "a village officer"),
    ("kecamatan", "the secretary of a kecamatan, who confirms"),
    ("kabupaten", "the secretary of the kabupaten's team"),
    ("imigrasi", "an officer of the immigration office"),
    ("disnaker", "the manpower agency, which brings lists"),
    ("dukcapil", "the civil registry, which brings lists"),
    ("kanwil", "the province: counts only"),
    ("auditor", "who looked at what"),
    ("operator", "the system's keeper: no persons"),
)
PASSWORD = "timpora-demo"
