"""Sources as staff handle them: adding, changing, their rules, their health, their floods."""
