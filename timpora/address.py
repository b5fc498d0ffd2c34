"""Where a browser finds this installation, as far as its settings tell."""

from django.conf import settings


def address(path: str) -> str:
    """The full address of a page: SITE_ADDRESS, else the first public name of ALLOWED_HOSTS, else this
    machine's own.
    """
    if settings.SITE_ADDRESS:
        return f"{settings.SITE_ADDRESS}{path}"
    public = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host not in (*settings.LOOPBACK, "*")]
    if public:
        return f"{'https' if settings.HTTPS else 'http'}://{public[0]}{path}"
    return f"http://localhost:{settings.PORT}{path}"
