"""What is worth a question about the answers of one shift; never more than a question."""
