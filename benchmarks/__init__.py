"""Speed and size of the journal, each as a ratio against a baseline that is measured in the same run.

Absolute times say more about a machine than about a program, so nothing here passes or fails on them. The baseline of
writing, searching and size is the same data in plain SQLite (:mod:`benchmarks.plain`).
"""
