"""The command line: each command calls one function and says what came of it.

flask init · work · settings · backup · restore · user add|password|reset-totp|sessions|token|list|remove ·
posts import|export|push|rerender|check · demo NAME --INPUT … · demo new|check NAME · models list|fetch|check ·
erase run|reader ADDRESS
"""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app, has_app_context
from flask.cli import AppGroup, ScriptInfo, with_appcontext
from flask_migrate import upgrade

from app import demos
from app.admin import accounts, second_factor, signins, tokens
from app.admin.command import commands as post_commands
from app.admin.command import tell_refused
from app.backup.command import commands as backup_commands
from app.blog import editing
from app.blog.exchange import intake
from app.config import Settings, example
from app.demos import author
from app.demos.command import demo_command
from app.demos.networks import models
from app.errors import AppError, BadSetting
from app.jobs.command import erase
from app.jobs.worker import Worker
from app.soundness import refuse_unsound

POSTS = Path(__file__).parent / "blog" / "posts"


class Group(AppGroup):
    """Commands whose errors are sentences for whoever typed them."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AppError as error:
            raise click.ClickException(error.message) from None


user = Group("user", help="Who may sign in to the editor.")
posts = Group("posts", help="Posts in and out as Markdown files.")
for command in post_commands:
    posts.add_command(command)


def init_app(app: Flask) -> None:
    for command in (init, work, settings, user, posts, demo, models, erase, *backup_commands(_site)):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def init() -> None:
    """Make the site ready: database, posts, the first account. Changes nothing that is there."""
    _refuse_unsound()
    upgrade()
    with current_app.test_request_context():
        came = intake.import_posts(POSTS)
        editing.rerender_stale()
        editing.take_in_words()
    tell_refused(came)
    added = sum(post.outcome == "added" for post in came)
    click.echo(f"{added} posts imported." if added else "The posts are there.")
    if password := accounts.ensure_admin():
        click.echo(f"\n  Sign in at /admin as “admin” with the password  {password}\n  It is shown this once.\n")


@click.command()
@with_appcontext
def work() -> None:
    """Run jobs in a process of its own, beside the web server, until interrupted."""
    _refuse_unsound()
    worker = Worker(current_app._get_current_object())  # type: ignore[attr-defined]
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    click.echo("Waiting for jobs.")
    worker.run()


@click.command("settings")
def settings() -> None:
    """Print every setting with its default and what it is for, as playpress.example.env has them."""
    click.echo(example(), nl=False)


def _refuse_unsound() -> None:
    try:
        refuse_unsound(current_app.config["SETTINGS"])
    except BadSetting as error:
        raise click.ClickException(str(error)) from None


def _site(settings: Settings) -> Flask:
    """Another site than the one at hand, as backups are tried out in."""
    from app import create_app  # it wires this module too

    return create_app(settings)


@user.command("add")
@click.argument("name")
def add_user(name: str) -> None:
    """Make an account and print its password, once."""
    click.echo(accounts.add(name))


@user.command("password")
@click.argument("name")
@click.option("--ask", is_flag=True, help="Ask for the new password instead of making one.")
def change_password(name: str, ask: bool) -> None:
    """Give an account a new password; every session of it ends."""
    given = click.prompt("New password", hide_input=True, confirmation_prompt=True) if ask else None
    made = accounts.set_password(name, given)
    click.echo("Changed." if ask else made)


@user.command("reset-totp")
@click.argument("name")
def reset_totp(name: str) -> None:
    """Switch an account's second factor off, where the phone and the recovery codes are lost."""
    second_factor.switch_off(accounts.get(name).id)
    click.echo(f"{name} signs in with the password alone.")


@user.command("sessions")
@click.argument("name")
@click.option("--end", is_flag=True, help="End every one of them.")
def list_sessions(name: str, end: bool) -> None:
    """Where an account is signed in: opened, last seen, browser; times are in UTC."""
    account_id = accounts.get(name).id
    if end:
        click.echo(f"{signins.end_all(account_id)} sessions ended.")
        return
    for session in signins.open_ones(account_id):
        click.echo(f"{session.created_at:%Y-%m-%d %H:%M}  {session.seen_at:%Y-%m-%d %H:%M}  {session.browser}")


@user.command("token")
@click.argument("name")
@click.option("--for", "purpose", default="command line", show_default=True, help="What will use it.")
def make_token(name: str, purpose: str) -> None:
    """Make a token with which a program writes posts for an account, and print it, once."""
    click.echo(tokens.make(accounts.get(name), purpose))


@user.command("list")
def list_users() -> None:
    """The names of all accounts."""
    click.echo("\n".join(accounts.names()))


@user.command("remove")
@click.argument("name")
def remove_user(name: str) -> None:
    """Remove an account and end its sessions."""
    accounts.remove(name)
    click.echo(f"{name} can no longer sign in.")


class _Demos(Group):
    """A command for every demo, with an option for every input it declares; and those of a demo's author."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._enter_site(ctx)
        return [*super().list_commands(ctx), *demos.names()]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if own := super().get_command(ctx, name):
            return own
        self._enter_site(ctx)
        return demo_command(demos.get(name)) if name in demos.names() else None

    @staticmethod
    def _enter_site(ctx: click.Context) -> None:
        """Which demos there are is the site's to say, and Flask enters it only for the command itself."""
        if not has_app_context():
            ctx.with_resource(ctx.ensure_object(ScriptInfo).load_app().app_context())


demo = _Demos("demo", help="Run a demo here, without the site; write a new one; try one out.")
demo.add_command(author.new)
demo.add_command(author.check)
