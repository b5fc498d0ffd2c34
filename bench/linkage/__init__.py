"""How well and how fast people are matched, beside other ways in the same run."""
