from django.http import HttpRequest

# No order has it, so a page without a readable version counts as an old page.
UNKNOWN_VERSION = 0


def posted_version(request: HttpRequest, name: str = "version") -> int:
    """The version of the order the page was made from."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() else UNKNOWN_VERSION
