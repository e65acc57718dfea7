"""What is remembered. ``contract`` holds the promises; each engine keeps them in its own package."""
