"""The point's pages: one module per noun, thin over the store and the domain."""
