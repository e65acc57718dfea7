"""News on pages without a feed: by the selectors staff wrote, by JSON-LD or microdata, else where they usually stand.

``reader`` is the way in; ``selectors`` tells staff what is wrong with one they wrote.
"""
