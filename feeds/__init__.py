"""Bytes out: a feed's document as RSS 2.0, Atom, JSON Feed, and lists of feeds as OPML. Pure."""
