# The oldest Python that we promise: the suite runs on it, and requirements.lock is made for it.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/hms-bot
COPY requirements.lock ./
# Above its mark the lock file holds what the bot needs, below it what only its demo takes.
RUN sed '/^# demo$/,$d' requirements.lock > runtime.lock \
 && /opt/hms-bot/bin/pip install --no-cache-dir --require-hashes -r runtime.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
COPY commands ./commands
# What installs and builds is not needed to run.
RUN /opt/hms-bot/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
 && /opt/hms-bot/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 hms-bot && install -d -o hms-bot /data
COPY --from=build /opt/hms-bot /opt/hms-bot
ENV PATH=/opt/hms-bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATABASE_URL=sqlite:////data/hms-bot.db
USER hms-bot
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
CMD ["hms-bot", "serve"]
