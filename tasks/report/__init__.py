"""What the report says: its period, the answers to its questions, its charts and tables, its page."""
