"""Where the flows meet the database: turn, conversations, subjects, routing, and the assistant that wires them."""
