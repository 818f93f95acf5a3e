"""What people answered, as Django models behind the domain's Protocol."""
