"""Tests of the words of the prompts that ship."""
