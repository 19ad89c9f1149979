"""What the pages about consultations and pairings show."""
