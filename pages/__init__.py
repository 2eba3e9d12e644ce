"""What people see: pages, their shared components and the documents made from them."""
