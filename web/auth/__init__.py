"""What stands before the staff desk: the door, the second factor, the institution’s own accounts, one-time links."""
