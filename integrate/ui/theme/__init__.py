"""How the window looks: tokens (data) become fonts, colours, a palette and a style sheet."""
