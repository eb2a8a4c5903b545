from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = "备案订单"

    def ready(self) -> None:
        # Registers the deadline handlers.
        from orders import deadline_handlers  # noqa: F401  # imported for its registrations
        from orders import desk_navigation

        desk_navigation.register()
