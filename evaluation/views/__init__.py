"""The pages of the 两优 outside the admin."""
