"""Pure decisions about consultations and pairings."""
