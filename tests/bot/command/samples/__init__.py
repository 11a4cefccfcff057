"""Commands that have every kind of argument, for the tests of the reader."""
