from django.http import HttpRequest

from outside import clock


def world(request: HttpRequest) -> dict[str, object]:
    """What every page shows: the demo time."""
    return {"demo_now": clock.now()}
