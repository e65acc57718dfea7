"""The numbered migrations, each in a file of its own. Once released, one is never changed: the next one mends it."""
