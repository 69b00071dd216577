"""Qt's side of the seams to the operating system. Each module is loaded only where its system is there."""
