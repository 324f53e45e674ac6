"""The payment provider: an interface named by the services, and a sandbox that runs in the same process."""
