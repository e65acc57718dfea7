"""Accounts: who may come in, how they show that it is they, and what is noted of it."""
