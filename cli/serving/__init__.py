"""What runs for long: web, worker, both together, and the demonstration."""
