"""What coders decided, as a Django model behind the domain's Protocol."""
