"""Pure decisions about mentors: no database, no settings, no clock."""
