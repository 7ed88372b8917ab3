"""The application as a WSGI server wants it: `gunicorn wsgi:app`."""

from app import config, create_app
from app.backup import lock
from app.errors import AppError, BadSetting

try:
    app = create_app()
    config.refuse_guessable(app.config["SECRET_KEY"])
    lock.hold(app.config["SETTINGS"].DATA)  # by the server and by commands, so that no restore comes between
except (BadSetting, AppError) as error:
    raise SystemExit(f"Playpress cannot start: {error}") from None
