"""The forms of the hub's pages, one module per noun."""
