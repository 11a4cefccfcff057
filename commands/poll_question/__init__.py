"""The questions of a poll, one by one."""
