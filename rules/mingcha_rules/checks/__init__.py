"""One module for each kind of check; ``checks.table`` lists them."""
