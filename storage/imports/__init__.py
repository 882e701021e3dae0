"""Tables that a network brings along as CSV files: clients, sessions, figures, rates. Imported all or none."""
