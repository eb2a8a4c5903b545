"""What to prepare for a filing, before anybody has an account."""
