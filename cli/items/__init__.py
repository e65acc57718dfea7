"""Items: written, listed, shown, taken back, reviewed, told as one story."""
