"""The outcomes method, pure: from figures to increments, and from increments to what a report says."""
