"""Accessible PDFs (PDF/UA-1): receipts and bills, in the customer's language."""
