# The same server as `make run`, as an unprivileged user; everything that must be kept is in the volume /data.
#
#   docker build -t playpress .
#   docker run -p 8000:8000 -v playpress:/data playpress
#
# The first start prints the admin's password once.
FROM python:3.11-slim

RUN useradd --create-home --uid 1000 playpress && install -d -o playpress -g playpress /data
WORKDIR /srv/playpress

# Give the address of PyTorch's packages for processors (a tenth of the size) or for your CUDA as TORCH_INDEX, if you like.
ARG TORCH_INDEX=
COPY requirements.txt .
RUN pip install --no-cache-dir ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} torch==2.13.0 torchvision==0.28.0 \
    && pip install --no-cache-dir -r requirements.txt

COPY wsgi.py gunicorn.conf.py ./
COPY migrations migrations
COPY app app

USER playpress
ENV DATA=/data HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --start-period=30s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=3)"]
CMD ["sh", "-c", "flask --app wsgi init && exec gunicorn --worker-tmp-dir /dev/shm wsgi:app"]
