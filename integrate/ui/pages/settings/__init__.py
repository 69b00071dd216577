"""Settings: what can be chosen about this journal and about the program on this computer."""
