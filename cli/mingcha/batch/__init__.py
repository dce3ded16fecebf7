"""Many packages: scheduler, journal and one result a package."""
