"""Django's SQLite engine with an orderly queue of writers (docs/decisions/0003-serving.md)."""
