"""The least a Django view can do: one durable row a request, on the same engine, for comparison."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

# After the set-up, in which allauth insists on its middleware.
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bench.bare"


def insert(request: HttpRequest) -> HttpResponse:
    """One row, committed, no form, no session, no check."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (content) VALUES (%s)", [request.POST.get("names", "")])
    return HttpResponse("ok")


urlpatterns = [path("bare/", insert)]
application = WSGIHandler()
