"""The web server: uvicorn's HTTP, ready answers straight from its parser, the application in threads behind it."""
