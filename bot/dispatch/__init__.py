"""The two roads: of requests (read, asked, pin, consequence, yes, run, answer), and of what occurs."""
