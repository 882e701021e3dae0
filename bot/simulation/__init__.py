"""Simulated worlds: the real service, timers and outbox on a virtual clock, with fictional people and providers.

Everything that happens follows from one seed, so a failure can be repeated exactly.
"""
