"""Sharing: what a person chose becomes one frozen packet, and every kind of file is made from that same packet."""
