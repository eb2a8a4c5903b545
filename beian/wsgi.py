"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from beian.utf8 import utf8_only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beian.settings")
application = utf8_only(get_wsgi_application())

# Settings and apps exist only now.
from beian.production.start import refuse_unfit_start  # noqa: E402

refuse_unfit_start()
