"""Who may look inside: users with a role, and the door at which they sign in."""
