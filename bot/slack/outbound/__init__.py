"""What we tell Slack: answers, posts, forms."""
