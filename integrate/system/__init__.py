"""Seams to the operating system, without Qt: clock, places, files, the writer's lock, the keyring, hardening."""
