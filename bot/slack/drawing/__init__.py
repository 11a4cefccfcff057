"""Replies as Slack shows them: blocks, sentences, tables, views."""
