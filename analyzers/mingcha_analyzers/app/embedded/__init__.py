"""Privacy policies inside a package: files among assets and raw resources, long strings, and addresses of pages."""
