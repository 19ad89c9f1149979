"""What booking and rating a consultation ask of a person."""
