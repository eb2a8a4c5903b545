"""Public IP addresses as they are typed."""

import ipaddress

from django.utils.translation import gettext as _

# Written out because Python also counts documentation ranges as private.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "224.0.0.0/3",
        "::/127",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    )
)


class PublicAddressError(Exception):
    """Not an address a website can be reached at; `reason` names the remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_public_address(text: str) -> str:
    """Return an IPv4 or IPv6 address in its usual spelling; raises PublicAddressError."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError as error:
        reason = _("“%(text)s”不是 IP 地址，其他公网 IP 请填写成类似 203.0.113.24，每行一个")
        raise PublicAddressError(reason % {"text": text[:60]}) from error
    if any(address in network for network in NOT_PUBLIC if network.version == address.version):
        reason = _("%(ip)s 是内网或保留地址，请填写可以从互联网访问的公网 IP")
        raise PublicAddressError(reason % {"ip": address})
    return str(address)
