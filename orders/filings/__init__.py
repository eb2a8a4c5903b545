"""What my filings and the order page show."""
