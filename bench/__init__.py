"""Figures that anybody can measure again: one module a part, each with ``run``."""
