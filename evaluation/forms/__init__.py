"""What the pages of the 两优 ask of a person."""
