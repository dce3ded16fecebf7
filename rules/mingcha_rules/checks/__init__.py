"""One module a kind of check; the engine lists them."""
