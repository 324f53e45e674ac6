"""Headers that tell browsers what our answers may do: nothing that we don't need."""

from aiohttp import web

from gateway.web.origins import API

# What every answer says; a page's own policy (with its data block's hash) replaces the strictest one.
DEFAULT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add what isn't there yet; conversations are never kept by caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", DEFAULT_POLICY)
    response.headers.pop("Server", None)
    if request.path.startswith(API):
        response.headers.setdefault("Cache-Control", "no-store")


def page_policy(script_hashes: list[str]) -> str:
    """The policy of a help page: our own scripts and styles, and data blocks known by their hash."""
    scripts = " ".join(["'self'", *(f"'sha256-{value}'" for value in script_hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
