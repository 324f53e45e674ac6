"""Counts and timings for the operator; each application has a registry of its own, as tests need."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)


class Metrics:
    """The gateway's instruments."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "gateway_requests", "HTTP answers", ["method", "route", "status"], registry=self.registry
        )
        self.turns = Counter(
            "gateway_turns", "Turns ended, and why they failed", ["state", "reason"], registry=self.registry
        )
        self.turn_seconds = Histogram(
            "gateway_turn_seconds", "Time the bot takes for a turn", buckets=SECONDS, registry=self.registry
        )
        self.conversations = Counter("gateway_conversations", "Conversations begun", registry=self.registry)
        self.sign_ins = Counter(
            "gateway_sign_ins", "Tries to sign in, and how they ended", ["outcome"], registry=self.registry
        )
        self.sockets = Gauge("gateway_sockets", "Open live connections", registry=self.registry)

    def render(self) -> bytes:
        """All instruments in Prometheus' text format."""
        return generate_latest(self.registry)
