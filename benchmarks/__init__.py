"""Measurements. Speed is a ratio to something in the same run, never a time of its own."""
