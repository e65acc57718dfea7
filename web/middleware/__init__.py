"""In front of every handler: ready answers, what is counted of requests, what browsers are told not to do."""
