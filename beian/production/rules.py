"""Conditions refused in production. `name` is the word for BEIAN_ALLOW that accepts one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from beian.crypto.provider import CHOICES

_LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
# Django's own measure of a secret key (security.W009).
_SECRET_LENGTH, _SECRET_VARIETY = 50, 5
SMTP_SECURITY = ("starttls", "tls", "none")
_SECRET_SAMPLES = ("django-insecure-", "change-me", "replace-me")


@dataclass(frozen=True)
class Rule:
    """`is_broken` looks at the settings; `remedy` is an instruction naming the variable."""

    name: str
    is_broken: Callable[[], bool]
    zh: str
    en: str
    remedy: str


def _has_wildcard() -> bool:
    return any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS)


def _is_loopback_only() -> bool:
    return set(settings.ALLOWED_HOSTS) <= _LOOPBACK


def _is_weak_secret() -> bool:
    secret = settings.SECRET_KEY
    return (
        len(secret) < _SECRET_LENGTH
        or len(set(secret)) < _SECRET_VARIETY
        or secret.startswith(_SECRET_SAMPLES)
    )


def _lacks_keys() -> bool:
    return not all((settings.KEYS_DIR / name).is_file() for name in ("master.json", "digest.key"))


def _has_demo_keys() -> bool:
    return (settings.KEYS_DIR / "demo.json").exists()


def _is_simulated(port: str) -> Callable[[], bool]:
    return lambda: settings.PORTS[port] == "simulated"


def _lacks_mail_server() -> bool:
    is_complete = settings.EMAIL_HOST and "@" in settings.MAIL_FROM
    return settings.PORTS["mail"] == "smtp" and not is_complete


RULES = [
    Rule("demo", lambda: settings.DEMO, "演示环境", "this is a demo", "unset BEIAN_DEMO"),
    Rule("debug", lambda: settings.DEBUG, "调试页面会向外人显示数据",
         "debug pages show data to strangers", "unset BEIAN_DEBUG"),
    Rule("wildcard-hosts", _has_wildcard, "平台接受任意域名",
         "the portal answers to any host name",
         "name every host in BEIAN_ALLOWED_HOSTS, without * and without a leading dot"),
    Rule("loopback-hosts", _is_loopback_only, "没有设置平台域名", "the portal has no host name",
         "set BEIAN_ALLOWED_HOSTS to the portal's host names"),
    Rule("plain-http", lambda: not settings.HTTPS, "没有启用 TLS",
         "cookies and forms would travel without TLS",
         "serve the portal through TLS and set BEIAN_HTTPS=1"),
    Rule("no-proxy", lambda: settings.HTTPS and not settings.TRUSTED_PROXIES,
         "没有反向代理的地址，所有访客会被当成同一地址",
         "no proxy is trusted: TLS is not noticed and all visitors share one address",
         "set BEIAN_TRUSTED_PROXIES to the addresses your proxies call from"),
    Rule("embedded-database", lambda: settings.EMBEDDED_DATABASE, "使用内置 SQLite 数据库",
         "the database is the embedded SQLite file", "set BEIAN_DATABASE_URL to a PostgreSQL"),
    Rule("embedded-broker", lambda: settings.EMBEDDED_BROKER, "使用内置文件队列",
         "the broker is the embedded folder of files", "set BEIAN_BROKER_URL to a Redis"),
    Rule("weak-secret", _is_weak_secret, "会话签名密钥过短或为示例值",
         "the secret key is short or a sample",
         "run `manage.py make_keys`, or set BEIAN_SECRET_KEY to 50 random characters or more"),
    Rule("missing-keys", _lacks_keys, "密钥目录中缺少主密钥或摘要密钥",
         "master.json or digest.key is missing",
         "mount the keys folder at BEIAN_KEYS_DIR, or run `manage.py make_keys` for new ones"),
    Rule("demo-keys", _has_demo_keys, "密钥目录属于演示环境", "the keys folder is that of a demo",
         "point BEIAN_KEYS_DIR to a folder made by `manage.py make_keys`"),
    Rule("simulated-sms", _is_simulated("sms"), "短信通道是模拟的",
         "text messages go to the simulated outside world", "set BEIAN_SMS_PROVIDER"),
    Rule("simulated-mail", _is_simulated("mail"), "邮件通道是模拟的",
         "mail goes to the simulated outside world", "set BEIAN_MAIL_PROVIDER"),
    Rule("simulated-real-name", _is_simulated("real_name"), "实名核验是模拟的",
         "the real-name check is simulated", "set BEIAN_REAL_NAME_PROVIDER"),
    Rule("simulated-face", _is_simulated("face"), "人脸核验是模拟的",
         "the face check is simulated", "set BEIAN_FACE_PROVIDER"),
    Rule("simulated-inventory", _is_simulated("inventory"), "云资源来源是模拟的",
         "cloud resources are simulated", "set BEIAN_INVENTORY_PROVIDER"),
    Rule("simulated-bureau", _is_simulated("bureau"), "管局接口是模拟的",
         "the line to the bureau is simulated", "set BEIAN_BUREAU_PROVIDER"),
    # Nothing can set this right yet: see verification/ministry.py.
    Rule("simulated-ministry", lambda: True, "短信核验由本平台模拟工业和信息化部完成",
         "the portal itself plays the ministry: it makes and sends the codes of the SMS step",
         "let no real applicant in with this release"),
    Rule("no-mail-server", _lacks_mail_server, "没有设置邮件服务器或发件地址",
         "the mail server or the sender is missing",
         "set BEIAN_SMTP_HOST, and BEIAN_MAIL_FROM to a mail address"),
    Rule("unknown-suite", lambda: settings.CIPHER_SUITE not in CHOICES,
         "加密算法无法识别", "the cipher suite is not known",
         f"set BEIAN_CIPHER_SUITE to one of: {', '.join(CHOICES)}"),
    Rule("unknown-security", lambda: settings.SMTP_SECURITY not in SMTP_SECURITY,
         "邮件服务器的加密方式无法识别", "how the mail server is spoken to is not known",
         f"set BEIAN_SMTP_SECURITY to one of: {', '.join(SMTP_SECURITY)}"),
]  # fmt: skip
NAMES = frozenset(rule.name for rule in RULES)
