"""The chat page in a real browser, driven as a person would."""
