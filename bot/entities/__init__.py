"""What a customer's sentence holds: dates, amounts, numbers, addresses, checked and in one form."""

from bot.entities.entity import AddressParts, Entity, Kind, Reading
from bot.entities.extract import extract, find

__all__ = ["AddressParts", "Entity", "Kind", "Reading", "extract", "find"]
