"""Every setting of the site, once: its name, its type, its default and one sentence about it.

Settings are read from the environment where things are wired; algorithms take arguments.
"""

from __future__ import annotations

import os
import secrets
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import BadSetting

if TYPE_CHECKING:
    from flask import Flask

VERSION = "0.1.0"  # of Playpress, as in pyproject.toml, which a running site does not have
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
SHORTEST_SECRET = 32
FEWEST_LETTERS = 8  # different ones; 32 random hexadecimal digits have fewer once in a thousand million


def setting(default: Any, about: str) -> Any:
    return field(default=default, metadata={"about": about})


@dataclass(frozen=True)
class Settings:
    """What an operator can decide. `Settings.from_env()` reads the environment; tests name fields directly."""

    NAME: str = setting("Playpress", "The name on the home page and in the feed.")
    TAGLINE: str = setting(
        "Notes on how machines see, search and decide. The demos in them are live: they run on this server, "
        "with your own pictures.",
        "The line under the name on the home page.",
    )
    AUTHOR: str = setting("", "Who writes here; empty leaves the line out.")
    REPLY: str = setting("", "Where readers' replies to a post go: an e-mail or an https address; empty asks for none.")
    LINKS: str = setting(
        "", "What stands in the foot of every page: titles, each with its address after it, and “; ” between them."
    )
    SITE_URL: str = setting("", "Address of the site for feeds and links, such as https://example.org.")
    DATA: Path = setting(Path("instance"), "Folder of everything that must be kept: database, pictures, secret.")
    DATABASE_URL: str = setting("", "SQLAlchemy address of the database; empty is a SQLite file in DATA.")
    SECRET_KEY: str = setting("", "Signs tokens, 32 characters or more; empty makes one in DATA at first start.")
    HTTPS: bool = setting(False, "The site is reached over https: cookies are Secure, browsers are told to insist.")
    TRUSTED_HOSTS: str = setting("", "Host names this site answers to, comma separated; empty answers to any.")
    PROXY_HOPS: int = setting(0, "Reverse proxies in front whose X-Forwarded-* headers are believed.")
    PAGE_SIZE: int = setting(10, "Posts on one page of the home page.")
    JOB_ENGINE: str = setting("thread", "Who runs jobs: thread (in the web server) or none (flask work does).")
    DEVICE: str = setting("", "Where jobs compute: cpu or cuda; empty takes cuda where there is one.")
    DEMOS: str = setting("", "Folders of demos beside the project's own, with “:” between them.")
    MODELS_DIR: str = setting("", "Folder of networks fetched with flask models; empty is models in DATA.")
    MODELS_URL: str = setting("", "Address they are fetched from, by file name; empty is torchvision's own.")
    QUEUE_LIMIT: int = setting(50, "Jobs that may wait at once; beyond it new ones are answered 503.")
    JOBS_PER_READER: int = setting(3, "Jobs one reader may have waiting or running; beyond it 429.")
    UPLOADS_PER_MINUTE: int = setting(10, "Jobs one reader may start in a minute; beyond it 429.")
    STREAMS_LIMIT: int = setting(20, "Event streams open at once in one web process; beyond it readers poll.")
    JOB_SECONDS: int = setting(300, "Longest run of one job, in seconds; then it is stopped.")
    METRICS_TOKEN: str = setting("", "Who shows it as a Bearer token may read /metrics; empty closes that address.")
    LEASE_SECONDS: int = setting(30, "A worker that is silent for this long has lost its job.")
    KEEP_UPLOADS_HOURS: int = setting(24, "Hours after which readers' own pictures are erased.")
    KEEP_RESULTS_DAYS: int = setting(30, "Days after which results and their pages are erased.")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """The settings named in `environ`, typed by their defaults. Raises BadSetting with the cure."""
        return cls(**{f.name: _typed(f.name, f.default, environ[f.name]) for f in fields(cls) if f.name in environ})

    @property
    def database_url(self) -> str:
        return self.DATABASE_URL or f"sqlite:///{(self.DATA / 'playpress.db').resolve()}"

    @property
    def demos(self) -> tuple[Path, ...]:
        return tuple(Path(name).expanduser() for name in self.DEMOS.split(os.pathsep) if name.strip())

    @property
    def models(self) -> Path:
        return Path(self.MODELS_DIR) if self.MODELS_DIR else self.DATA / "models"

    def secret_key(self) -> str:
        """SECRET_KEY, or the one kept in DATA, made at first start. Raises BadSetting when it is too short."""
        key = self.SECRET_KEY or _kept_secret(self.DATA / "secret_key")
        if len(key) < SHORTEST_SECRET:
            raise BadSetting(f"SECRET_KEY has {len(key)} characters; it needs {SHORTEST_SECRET} or more.")
        return key


def refuse_guessable(key: str) -> None:
    """Raises BadSetting for a secret that is long only because it says the same again and again."""
    if len(set(key)) < FEWEST_LETTERS or key in (key + key)[1:-1]:
        raise BadSetting("SECRET_KEY is soon guessed. Leave it empty, and a good one is made in DATA.")


def example() -> str:
    """An environment file that names every setting, each with its sentence and its default, none of them set."""
    head = (
        "# Every setting of the site. Take the “#” from a line to change it; what is not set has the default shown.\n"
    )
    return head + "".join(f"\n# {f.metadata['about']}\n#{f.name}={_written(f.default)}\n" for f in fields(Settings))


def init_app(app: Flask, settings: Settings) -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        # As many connections as the server has threads: a thread that waits for one serves nobody.
        SQLALCHEMY_ENGINE_OPTIONS={"pool_size": 48, "max_overflow": 16},
        MAX_CONTENT_LENGTH=17 * 1024 * 1024,
        MAX_FORM_PARTS=40,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        TRUSTED_HOSTS=[host.strip() for host in settings.TRUSTED_HOSTS.split(",") if host.strip()] or None,
        SEND_FILE_MAX_AGE_DEFAULT=None,
    )


def believe_proxies(app: Flask) -> None:
    """Outermost of all that is put around the application: the others see the address that the reader asked for."""
    if hops := app.config["SETTINGS"].PROXY_HOPS:
        from werkzeug.middleware.proxy_fix import ProxyFix

        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _written(default: Any) -> str:
    """A value as shells, systemd and Compose read it."""
    text = str(default).lower() if isinstance(default, bool) else str(default)
    return shlex.quote(text) if text else ""


def _typed(name: str, default: Any, text: str) -> Any:
    if isinstance(default, bool):
        if text.lower() not in TRUE | FALSE:
            raise BadSetting(f"{name} is {text!r}; it can be true or false.")
        return text.lower() in TRUE
    try:
        return type(default)(text)
    except ValueError:
        raise BadSetting(f"{name} is {text!r}; it must be a whole number.") from None


def _kept_secret(file: Path) -> str:
    """The secret in `file`; two processes that start together agree on one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text().strip()
