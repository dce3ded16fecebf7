"""Network endpoints named in a package: which texts name one, whose it is, and which merely look like one."""
