"""Threads: how hopes, moments, insights and changes connect, with the way back to the words they came from."""
