"""Photographs of papers, made small and harmless before anything keeps them. Pillow only here."""
