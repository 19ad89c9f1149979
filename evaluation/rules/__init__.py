"""Pure decisions of the 两优."""
