from __future__ import annotations

import os
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from app.config import Settings, example
from app.errors import BadSetting

README = Path(__file__).parents[1] / "README.md"
EXAMPLE = README.parent / "playpress.example.env"


def test_settings_take_the_type_of_their_default() -> None:
    settings = Settings.from_env({"PAGE_SIZE": "3", "HTTPS": "yes", "DATA": "elsewhere", "NAME": "Mine", "HOME": "x"})
    assert (3, True, Path("elsewhere"), "Mine") == (settings.PAGE_SIZE, settings.HTTPS, settings.DATA, settings.NAME)


@pytest.mark.parametrize("environ", [{"PAGE_SIZE": "many"}, {"HTTPS": "perhaps"}])
def test_a_wrong_setting_is_named_with_its_value(environ: dict[str, str]) -> None:
    ((name, value),) = environ.items()
    with pytest.raises(BadSetting, match=f"{name}.*{value}"):
        Settings.from_env(environ)


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(DATA=tmp_path)
    assert settings.secret_key() == Settings(DATA=tmp_path).secret_key()
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert settings.secret_key() != Settings(DATA=tmp_path / "other").secret_key()


def test_networks_lie_in_data_or_where_the_setting_says(tmp_path: Path) -> None:
    assert Settings(DATA=tmp_path).models == tmp_path / "models"
    assert Settings.from_env({"DATA": str(tmp_path), "MODELS_DIR": "elsewhere"}).models == Path("elsewhere")


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="32"):
        Settings(DATA=tmp_path, SECRET_KEY="short").secret_key()


def test_every_setting_is_in_the_readme_with_its_sentence() -> None:
    text = README.read_text()
    for field in fields(Settings):
        assert f"`{field.name}`" in text, field.name
        assert field.metadata["about"] in text, field.name


def test_the_example_names_every_setting_with_its_default_and_its_sentence() -> None:
    text = EXAMPLE.read_text()
    assert text == example(), "make it anew: flask --app wsgi settings > playpress.example.env"
    for field in fields(Settings):
        assert f"# {field.metadata['about']}\n#{field.name}=" in text


def test_a_shell_reads_the_defaults_from_the_example() -> None:
    lines = [line.removeprefix("#") for line in EXAMPLE.read_text().splitlines() if re.match(r"#[A-Z_]+=", line)]
    script = "\n".join(["set -a", *lines, "env -0"])
    shell = subprocess.run(["sh", "-c", script], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True)
    named = dict(pair.split("=", 1) for pair in shell.stdout.decode().split("\0") if "=" in pair)
    assert {field.name for field in fields(Settings)} <= named.keys()
    assert Settings.from_env(named) == Settings()
