"""Every environment variable an installation may set; a name that is not here is not read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Variable:
    """`default` is what a reader is told; `name` comes after BEIAN_."""

    name: str
    default: str
    zh: str
    en: str


_ROWS = [
    Variable("ALLOW", "–", "逐项允许生产检查拒绝的情况，以逗号分隔",
             "conditions the production check refuses and you accept, by name, comma-separated"),
    Variable("ALLOWED_HOSTS", "loopback", "平台域名，以逗号分隔",
             "host names of the portal, comma-separated"),
    Variable("BROKER_URL", "embedded", "`redis://…`；不设则用文件队列",
             "`redis://…`; without it a broker made of files"),
    Variable("BUREAU_PROVIDER", "simulated", "管局接口，或自己的类的路径",
             "line to the bureau, or the path of a class of your own"),
    Variable("CIPHER_SUITE", "aes-256-gcm", "加密算法：`aes-256-gcm` 或 `sm4-gcm`（国密）",
             "cipher suite: `aes-256-gcm` or `sm4-gcm` (national)"),
    Variable("CLOCK_FILE", "`<state>/clock.json`", "演示时钟文件（仅演示）",
             "file of the movable clock, demo only"),
    Variable("DATABASE_URL", "embedded", "`postgres://…`；不设则用 SQLite 文件",
             "`postgres://…`; without it a SQLite file"),
    Variable("DEBUG", "0", "Django 调试模式", "Django's debug pages"),
    Variable("DEMO", "0", "1：演示环境，可载入演示数据、拨动时钟，不做生产检查",
             "1: a demo with sample data and a movable clock, without the production check"),
    Variable("FACE_PROVIDER", "simulated", "人脸核验，或自己的类的路径",
             "face check, or the path of a class of your own"),
    Variable("FILES_DIR", "`<state>/files`", "加密图片所在目录（未用对象存储时）",
             "folder of encrypted pictures, unless they are in S3-type storage"),
    Variable("HTTPS", "0", "1：经 TLS 访问，启用安全 Cookie、跳转和 HSTS（一年）",
             "1 behind TLS: secure cookies, redirect and HSTS (one year)"),
    Variable("INVENTORY_PROVIDER", "simulated", "云资源来源，或自己的类的路径",
             "source of cloud resources, or the path of a class of your own"),
    Variable("KEYS_DIR", "`<state>/keys`", "主密钥、摘要密钥和会话密钥，应与数据库分开存放",
             "master keys, digest key and secret key; keep apart from the database"),
    Variable("LOG_LEVEL", "`INFO`", "标准错误上 JSON 日志的级别",
             "level of the JSON logs on standard error"),
    Variable("MAIL_FROM", "–", "邮件的发件地址（`smtp`）", "address that mail comes from (`smtp`)"),
    Variable("MAIL_PROVIDER", "simulated", "邮件通道：`smtp`，或自己的类的路径",
             "sender of mail: `smtp`, or the path of a class of your own"),
    Variable("MONITORS", "–", "监控系统的地址或网段，可读 `/metrics` 和 `/readyz` 详情",
             "addresses or networks that may read `/metrics` and the details of `/readyz`"),
    Variable("OUTSIDE_URL", "`http://127.0.0.1:8001`", "模拟外部世界的地址",
             "where the simulated outside world answers"),
    Variable("PORT", "8000", "演示环境的端口", "port of the demo"),
    Variable("PUBLIC_URL", "setting `site.public_url`", "平台网址（消息中使用）",
             "address of the portal, used in messages"),
    Variable("REAL_NAME_PROVIDER", "simulated", "实名核验，或自己的类的路径",
             "real-name check, or the path of a class of your own"),
    Variable("S3_ACCESS_KEY", "–", "对象存储访问密钥", "access key of the S3-type storage"),
    Variable("S3_ADDRESSING", "path", "`path` 或 `virtual`：存储桶在路径中或域名中",
             "`path` or `virtual`: the bucket is in the path or in the host name"),
    Variable("S3_BUCKET", "–", "设置后加密图片存入此存储桶",
             "when set, encrypted pictures lie in this bucket"),
    Variable("S3_ENDPOINT", "–", "对象存储地址", "address of the S3-type storage"),
    Variable("S3_REGION", "–", "对象存储地域", "region of the S3-type storage"),
    Variable("S3_SECRET_KEY", "–", "对象存储私有密钥", "secret key of the S3-type storage"),
    Variable("SECRET_KEY", "`django.key`", "会话签名密钥；不设则读密钥目录中的文件",
             "Django's secret key; without it the file in the keys folder"),
    Variable("SMS_PROVIDER", "simulated", "短信通道，或自己的类的路径",
             "sender of text messages, or the path of a class of your own"),
    Variable("SMTP_HOST", "–", "邮件服务器（`smtp`）", "mail server (`smtp`)"),
    Variable("SMTP_PASSWORD", "–", "邮件服务器的密码", "password at the mail server"),
    Variable("SMTP_PORT", "587", "邮件服务器的端口", "port of the mail server"),
    Variable("SMTP_SECURITY", "starttls", "`starttls`、`tls` 或 `none`",
             "`starttls`, `tls` or `none`"),
    Variable("SMTP_USER", "–", "邮件服务器的用户名", "user name at the mail server"),
    Variable("STATE_DIR", "`var/`", "本机状态目录",
             "local state: whatever has no place of its own"),
    Variable("STATIC_FINDERS", "0", "1：直接从源目录提供静态文件（仅开发）",
             "1 serves static files from their sources, for development"),
    Variable("STATIC_ROOT", "`<state>/static`", "收集后的静态文件", "collected static files"),
    Variable("TRUSTED_ORIGINS", "–", "允许提交表单的其他来源，以逗号分隔",
             "other origins that may post forms, comma-separated"),
    Variable("TRUSTED_PROXIES", "–", "反向代理的地址或网段，以逗号分隔",
             "addresses or networks of your reverse proxies, comma-separated"),
    Variable("WAKE_MS", "2000", "毫秒；worker 多久查看一次待发消息、待核验照片和管局接口",
             "milliseconds; how often a worker looks for messages to send, photos to check and "
             "the bureau"),
    Variable("WEB_THREADS", "8", "每个网页进程的线程数", "threads of each web process"),
    Variable("WEB_WORKERS", "1", "每个容器（机器）的网页进程数", "web processes of one container"),
]  # fmt: skip

VARIABLES = {row.name: row for row in _ROWS}
