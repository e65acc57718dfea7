"""The use cases, one file each: the only package that joins storage, net, sources and feeds."""
