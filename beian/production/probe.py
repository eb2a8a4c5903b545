"""`python -m beian.production.probe /healthz`: is the web process of this container alive?

Without Django, because it runs every few seconds. It calls the portal by a name it answers to.
"""

import http.client
import os
import sys

PORT = 8000
TIMEOUT_S = 8.0


def probe(path: str, port: int = PORT) -> int:
    """0 if the answer is 200, else 1."""
    host = os.environ.get("BEIAN_ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    try:
        connection.request("GET", path, headers={"Host": host})
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(probe(sys.argv[1]))
