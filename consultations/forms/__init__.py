"""What the pages about consultations ask for."""
