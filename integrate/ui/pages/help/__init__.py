"""Help now: numbers, people and an exercise, over whatever is shown, locked or open."""
