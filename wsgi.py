"""The application as a WSGI server wants it: `gunicorn wsgi:app`."""

from app import create_app

app = create_app()
