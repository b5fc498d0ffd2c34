"""Province, regency, district and village, and the immigration offices that answer for them."""
