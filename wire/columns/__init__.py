"""JSON values in columns (列式编码): what stands in the same place of many records stands together.

A column of n values, n known from what holds it. Bytes: docs/protocol.md, examples: docs/vectors.
"""
