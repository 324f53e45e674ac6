"""The payment provider: named by the services; a sandbox in the same process, a real one over HTTP."""
