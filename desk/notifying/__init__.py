"""Notifying: what happened is told outside after the commit, by mail, to the hub and to webhooks."""
