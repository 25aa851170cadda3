# The office's own image: web, worker, beat and migrate are the same one with other commands.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ORYNDAU_DEMO=0 \
    ORYNDAU_VAR=/var/lib/oryndau

WORKDIR /app
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

COPY . .
# The secret and the host of these two commands are nobody's and stay in this line.
RUN export ORYNDAU_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_hex(32))')" \
        ORYNDAU_ALLOWED_HOSTS=nowhere \
    && python manage.py compile_translations \
    && python manage.py collectstatic --noinput \
    && python -m compileall -q . \
    && useradd --uid 10001 --no-create-home --home-dir /nonexistent oryndau \
    && install --directory --owner=oryndau --mode=0700 /var/lib/oryndau

USER oryndau
VOLUME /var/lib/oryndau
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"]
