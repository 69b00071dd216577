"""Writing: Markdown as plain text with live styling, finding in it, checking it, saving it while it grows."""
