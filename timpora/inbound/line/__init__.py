"""What comes in by WhatsApp: kept at once, then worked off into the verbs that a page would call."""
