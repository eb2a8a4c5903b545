from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = "备案订单"

    def ready(self) -> None:
        # Registers the deadline handlers.
        from orders import (
            deadline_handlers,  # noqa: F401  # imported for its registrations
            desk_navigation,
            filings_navigation,
        )

        desk_navigation.register()
        filings_navigation.register()
