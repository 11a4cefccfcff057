"""What can be chosen in a question of a poll, one by one."""
