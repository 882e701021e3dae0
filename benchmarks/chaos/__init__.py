"""Real processes that are killed, on a PostgreSQL that is restarted and fails over: nothing may be lost or doubled."""
