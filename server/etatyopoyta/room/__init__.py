"""One open desk: who sits at it, what they ask, what they are told."""
