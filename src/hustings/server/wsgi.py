"""What the web server loads."""

from __future__ import annotations

from hustings.server.start import django_setup, refuse_unless_fit

django_setup()
refuse_unless_fit()

from django.core.wsgi import get_wsgi_application  # noqa: E402  # only after the settings are chosen

application = get_wsgi_application()
