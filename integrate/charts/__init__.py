"""Charts as pure geometry: what is drawn where, by the role of each colour. No window, no file, no colour."""
