"""The hub's pages and its one door for points: thin, one module per noun."""
