"""The block over HTTP: in every form a partner can carry, and what a partner copies to carry it."""
