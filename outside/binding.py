"""Where the simulation may listen: it shows every code to whoever opens it."""

from ipaddress import ip_address

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


class ExposureRefused(Exception):
    """The address asked for is reachable from other machines."""


def is_loopback(host: str) -> bool:
    """Say whether `host` (name or IP literal) can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_binding(host: str, *, allow_remote: bool) -> None:
    """Raise ExposureRefused unless `host` is loopback or the operator insists."""
    if allow_remote or is_loopback(host):
        return
    raise ExposureRefused(
        f"拒绝在 {host} 上监听：模拟世界只能在本机打开；确有需要请加 --allow-remote。\n"
        f"Refusing to listen on {host}: the simulated world is for this machine only "
        "(--allow-remote overrides)."
    )


def allowed_hosts(host: str) -> list[str]:
    """Give the Host headers to answer: a page elsewhere must not reach us by a rebound name."""
    return list(LOOPBACK_NAMES) if is_loopback(host) else ["*"]
