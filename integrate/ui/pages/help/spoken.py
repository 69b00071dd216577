"""How numbers are written and which country they are for. The session room says them in the same way."""

from __future__ import annotations

from integrate.ui.spoken import country_code, phone

__all__ = ("country_code", "phone")
