"""What the pages about classes ask of a person."""
