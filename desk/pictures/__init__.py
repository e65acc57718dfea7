"""Pictures: brought by people or fetched from elsewhere, made anew, and kept on our side."""
