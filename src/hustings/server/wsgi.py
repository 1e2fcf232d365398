"""What the web server loads."""

from __future__ import annotations

from hustings.server.start import django_setup

django_setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # only after the settings are chosen

application = get_wsgi_application()
