"""The demo's invented world: its people, its posts and officers (`seats`), what happened (`story`)."""
