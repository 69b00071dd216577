"""Questionnaires and logs of facts as they are filled in: sheets that know no page, and are opened from several."""
