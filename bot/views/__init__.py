"""Screens: pure functions from (translator, model) to a View."""
