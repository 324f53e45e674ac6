"""In which language to answer: the one asked for, else the profile's, else French."""

from aiohttp import web

from backend.domain.people import Language, Profile


def choose_language(request: web.Request, profile: Profile | None = None) -> Language:
    """The first of the two languages that `Accept-Language` prefers."""
    best: tuple[float, Language] | None = None
    for part in request.headers.get("Accept-Language", "").split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        code = tag.split("-")[0].strip().lower()
        quality = _quality(weight)
        if code in ("fr", "en") and quality > 0 and (best is None or quality > best[0]):
            best = (quality, Language(code))
    if best is not None:
        return best[1]
    return profile.language if profile is not None else Language.FR


def _quality(weight: str) -> float:
    if not weight:
        return 1.0
    return float(weight) if weight.replace(".", "", 1).isdecimal() and weight.isascii() else 0.0
