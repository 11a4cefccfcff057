"""What must be in order for the bot to work, and how to mend what is not."""
