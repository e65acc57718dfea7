"""How the newsroom is set up: categories, named feeds, partners, webhooks, mail."""
