"""Code of a package outside its DEX files: scripts that are searched, and forms that are only named."""
