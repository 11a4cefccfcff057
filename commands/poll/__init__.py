"""Polls and quizzes: made, changed, linked to a room, and what people answered."""
