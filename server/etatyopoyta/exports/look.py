"""What all office files have in common to the eye: colours as RRGGBB, and languages."""

INK = "1F2A37"
DEEP = "124E5C"
PALE = "E8F1F3"
LINE = "C5D3D8"
QUIET = "5B4D00"
MARK = "A4262C"
FONT = "Calibri"
LOCALE = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
