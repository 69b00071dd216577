"""The frame around the pages: sidebar, banner, toast, and the stack of pages."""
