"""A dozen customers with stories, for development only (`python -m backend demo-data`)."""

from backend.demo.load import load_demo_data

__all__ = ["load_demo_data"]
