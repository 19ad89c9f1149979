"""Pure decisions about duties and pairings."""
