"""The use cases, one file each, in a folder for each part of the work: the only package that joins storage, net,
sources and feeds. What stands here itself is what all of them work with: settings, the store, a change as one thing."""
