# The portal without its simulated outside world and without tests. Two targets: `portal` for web,
# worker, beat and one-shot commands; `store` for S3-type storage under a user of its own.

FROM python:3.11-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /opt/beian/app
COPY requirements/s3.txt /build/requirements.txt
RUN python -m venv /opt/beian/venv \
    && /opt/beian/venv/bin/pip install --require-hashes --no-deps -r /build/requirements.txt
COPY manage.py ./
COPY beian ./beian
COPY rules ./rules
COPY verification ./verification
COPY orders ./orders
COPY templates ./templates
COPY static ./static
COPY locale ./locale
# Texts and static files are the same everywhere; the key of this step signs nothing.
RUN mkdir -p /build/store/data \
    && BEIAN_SECRET_KEY=only-for-building BEIAN_STATE_DIR=/build/state \
       BEIAN_STATIC_ROOT=/opt/beian/static /opt/beian/venv/bin/python manage.py build_image \
    && /opt/beian/venv/bin/python -m compileall -q /opt/beian/app

FROM python:3.11-slim-trixie AS portal
# pg_dump and pg_restore, of the same release as the server in docker-compose.yml or newer.
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 beian \
    && useradd --uid 10001 --gid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin beian
COPY --from=build /opt/beian /opt/beian
ENV PATH=/opt/beian/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BEIAN_STATIC_ROOT=/opt/beian/static \
    BEIAN_STATE_DIR=/var/lib/beian \
    BEIAN_KEYS_DIR=/run/beian/keys
WORKDIR /opt/beian/app
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:beian.gunicorn_config", "beian.wsgi:application"]

# A fresh volume takes over the owner of the folder it covers, so the store needs no root. The folder
# comes inside its parent: copied onto a /data that is there already, it would not change its owner.
FROM minio/minio:RELEASE.2025-04-22T22-12-26Z AS store
COPY --from=build --chown=10002:10002 /build/store /
USER 10002:10002
CMD ["server", "/data"]
