"""All routes in one table; the specification and the server are both made from it."""

from backend.api.table import accounts, money, paying, people

ROUTES = people.ROUTES + accounts.ROUTES + money.ROUTES + paying.ROUTES
