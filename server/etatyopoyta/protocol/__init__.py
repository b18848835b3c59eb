"""The wire: frames, close codes, HTTP bodies, and what is printed from them."""
