"""The nouns: what the database refuses, how rows are named, ordered and kept."""
