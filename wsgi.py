"""The application as a WSGI server wants it: `gunicorn wsgi:app`."""

from app import create_app
from app.errors import BadSetting

try:
    app = create_app()
except BadSetting as error:
    raise SystemExit(f"Playpress cannot start: {error}") from None
