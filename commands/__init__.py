"""What people can ask for, one file each: its path is what they type."""
