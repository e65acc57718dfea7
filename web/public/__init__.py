"""Pages for readers: the newsroom, its items and pictures, its feeds explained, sitemaps, former addresses."""
