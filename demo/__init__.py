"""Openly synthetic data (示例): nobody here exists, every number is made up and only its check digit is right."""
