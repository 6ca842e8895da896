"""What people fill in: one module per noun, checked by the domain."""
