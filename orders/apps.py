from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = "备案订单"

    def ready(self) -> None:
        # Imported for what they register: deadline handlers, checks, figures and menu entries.
        from orders import checks, deadline_handlers, gauges  # noqa: F401
        from orders.desk import navigation as desk_navigation
        from orders.filings import navigation as filings_navigation

        desk_navigation.register()
        filings_navigation.register()
