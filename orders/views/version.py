from django.http import HttpRequest

# No order has it, so a page without a readable version counts as an old page.
UNKNOWN_VERSION = 0
# Any number of so many digits fits the column of versions; Python refuses to read endless ones.
MOST_DIGITS = 9


def posted_version(request: HttpRequest, name: str = "version") -> int:
    """The version of the order the page was made from."""
    value = request.POST.get(name, "")
    is_number = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
    return int(value) if is_number else UNKNOWN_VERSION
