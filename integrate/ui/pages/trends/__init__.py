"""Trends: what was measured, day by day and around sessions, each chart with its table and one sentence."""
