"""What the pages about consultations and pairings ask of a person."""
