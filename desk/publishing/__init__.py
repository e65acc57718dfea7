"""Publishing: what is stored becomes feeds, blocks and pages, rendered once per change."""
