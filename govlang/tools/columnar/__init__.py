"""Audits of logs of decisions in files, by the million; see `auditing`.

In: an agreement and a log. Out: a `LogAudit`. Nothing is loaded here: most audits are of a record.
"""
