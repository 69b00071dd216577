"""The command line: one module per sub-command, over the same use cases as the window.

Names, options, output fields and exit codes are a contract with scripts; ``docs/command-line.md`` tells it.
"""
