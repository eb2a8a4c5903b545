from django.contrib.messages.storage.cookie import CookieStorage


class OwnCookieStorage(CookieStorage):
    """Messages under a cookie name that the product, on another port, does not use."""

    cookie_name = "outside_messages"
