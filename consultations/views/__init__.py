"""The pages about consultations and pairings."""
