"""Etätyöpöytä: a realtime workshop desk, from sticky notes to the organisation card."""

__version__ = "0.1.0"
