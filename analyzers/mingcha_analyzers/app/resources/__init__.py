"""The compiled resources of a package: the resource table and binary XML, read without trusting either."""
