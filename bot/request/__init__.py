"""One asking: the request, what can come to be known about it, its book and its log."""
