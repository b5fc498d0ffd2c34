"""The demo's invented world: its people (`people`, `elsewhere`), its officers (`seats`), its `story`."""
