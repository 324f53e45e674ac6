"""All the desk's doors, for the application."""

from gateway.desk.api import conversations, customers, lists, live, sessions, team

MODULES = (sessions, lists, conversations, customers, team, live)
