"""Files: what recordings and streams leave, each with a link made for you."""
