"""Handlers: one module an audience and screen; each parses, makes one service call and shows a view."""
