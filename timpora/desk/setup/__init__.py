"""The first day: what `timpora init` makes (`installing`), and what is still to be settled (`checklist`)."""
