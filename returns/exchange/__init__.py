"""Exchange with the levels above: figures and events in their codes, their receipts and orders, and what adds up."""
