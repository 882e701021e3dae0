"""The sums of a report, by SQL over the increments: cost grows with the rows of the period and the groups asked for."""
