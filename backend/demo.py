"""A dozen customers with stories, for development: overdue, several accounts, a business, a move."""

from backend.service.backend import Backend


async def load_demo_data(backend: Backend) -> str:
    """Store the demo customers unless they are there; returns their sign-ins, to print."""
    return ""
