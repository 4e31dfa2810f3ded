"""Random agreements, records and rows of facts, put to every back end beside the reference interpreter.

In: a seed, or Hypothesis. Out: differences, shrunk to a story. See `docs/design/differential.md`.
"""
