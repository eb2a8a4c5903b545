"""Forms of our pages come back in UTF-8, whatever charset a client claims.

Django decodes query and body with the charset of the Content-Type header, before any middleware,
and Python knows encodings that are no text (base64, zlib): such a claim would be an error of ours.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.I)


def without_charset(environ: Environ) -> Environ:
    """The same request, claiming no charset; Django's default is UTF-8."""
    claimed = environ.get("CONTENT_TYPE", "")
    return environ | {"CONTENT_TYPE": _CHARSET.sub("", claimed)} if claimed else environ


def utf8_only(application: Application) -> Application:
    return lambda environ, start_response: application(without_charset(environ), start_response)
