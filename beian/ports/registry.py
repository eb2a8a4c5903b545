"""Which provider serves a port: named in settings, loaded on first use."""

from functools import lru_cache
from typing import Any

from beian.ports import base
from beian.ports.choice import chosen_class

_SIMULATED = "beian.ports.simulated.Simulated"
PROVIDERS = {
    "sms": {"simulated": f"{_SIMULATED}Sms"},
    "mail": {"simulated": f"{_SIMULATED}Mail", "smtp": "beian.ports.smtp.SmtpMail"},
    "real_name": {"simulated": f"{_SIMULATED}RealName"},
    "face": {"simulated": f"{_SIMULATED}Face"},
    "inventory": {"simulated": f"{_SIMULATED}Inventory"},
}
PROTOCOLS: dict[str, type] = {
    "sms": base.SmsSender,
    "mail": base.MailSender,
    "real_name": base.RealNameChecker,
    "face": base.FaceChecker,
    "inventory": base.Inventory,
}


def provider_class(name: str) -> type[Any]:
    """The class that serves a port here. Raises UnknownProvider."""
    return chosen_class(name, PROVIDERS[name], PROTOCOLS[name])


@lru_cache
def port(name: str) -> Any:
    """The configured provider of `name` (sms, mail, real_name, face, inventory)."""
    return provider_class(name)()
