"""Integrate: an offline, encrypted journal for people in ketamine-assisted psychotherapy."""

__version__ = "0.2.0"
