"""The same seven-question survey on two frameworks for chat bots, to be compared with."""
