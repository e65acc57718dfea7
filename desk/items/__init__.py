"""Items as staff handle them: written, checked, reviewed, published, found, taken back, brought back."""
