"""Cases side by side: what differs in the question, in the outcome, and mine by mine."""
