"""A simulated world: the real service, timers and outbox on a virtual clock, among people and providers that are made up.

Everything that happens follows from one seed, so that a failure repeats itself exactly.
"""
