"""Where a demo is found: the checks of the contract that ask page, post, API and command line for it."""

from __future__ import annotations

from flask import current_app

from app.demos import bench
from app.demos.command import demo_command
from app.demos.finished import finished_run
from app.demos.kinds import Picture
from app.demos.trial import Trial
from app.demos.untouched import untouched
from app.demos.values import parsed


def has_a_page(trial: Trial) -> str | None:
    """Its page has a form with every input, and no file of its code is served."""
    name, client = trial.demo.name, current_app.test_client()
    page = client.get(f"/demos/{name}")
    if page.status_code != 200:
        return f"/demos/{name} answers {page.status_code}."
    if missing := [field.name for field in trial.demo.fields if f'name="{field.name}"' not in page.text]:
        return f"The page has no field for {', '.join(missing)}; a panel.html that fills the controls must draw all."
    for file in ("demo.py", "run.py", "panel.html"):
        if client.get(f"/demos/{name}/assets/-/{file}").status_code != 404:
            return f"{file} can be read from outside."
    shelves = [shelf for field in trial.demo.fields if isinstance(field.kind, Picture) for shelf in field.kind.shelves]
    strange = [str(shelf.folder) for shelf in shelves if trial.demo.folder not in shelf.folder.parents]
    return f"Ready pictures lie in the demo's folder; these do not: {', '.join(strange)}." if strange else None


def asks_the_same_everywhere(trial: Trial) -> str | None:
    """Its form, left as it is, asks for what the API and the command line do by themselves."""
    demo = trial.demo
    action = f"/demos/{demo.name}" + ("" if demo.instant else "/jobs")
    with current_app.test_request_context():
        form = untouched(bench.in_post(demo, {}), action)
    needed = {field.name: trial.cheapest[field.name] for field in demo.fields if field.required}
    sent = demo.dump(parsed(demo, form | needed))[0]
    alone = demo.dump(parsed(demo, needed))[0]
    other = [name for name in alone if sent[name] != alone[name]]
    return f"The form and the API begin with other values of {', '.join(other)}." if other else None


def stands_in_a_post(trial: Trial) -> str | None:
    """A post can hold its bench."""
    with current_app.test_request_context():
        html = bench.in_post(trial.demo, {})
    return None if f'data-name="{trial.demo.name}"' in html else "The bench is not in what a post would show."


def answers_programs(trial: Trial) -> str | None:
    """Its API is described, and refuses in a sentence."""
    name, client = trial.demo.name, current_app.test_client()
    path = f"/demos/{name}" + ("" if trial.demo.instant else "/jobs")
    if path not in client.get("/api/v1/openapi.json").get_json()["paths"]:
        return "It is not in /api/v1/openapi.json."
    answer = client.post(f"/api/v1{path}", json={"no such input": "1"})
    return None if answer.status_code == 422 else f"A wrong input is answered {answer.status_code} and not 422."


def is_a_command(trial: Trial) -> str | None:
    """It runs on the command line, with an option for every input."""
    command = demo_command(trial.demo)
    options = [name for option in command.params for name in option.opts] + ["--help"]
    twice = [name for name in dict.fromkeys(options) if options.count(name) > 1]
    return f"Every demo has {' and '.join(twice)} already; give the input another name." if twice else None


def has_a_finished_example(trial: Trial) -> str | None:
    """A finished example is there before anyone presses Run."""
    if trial.demo.instant:
        return None  # it has answered already
    with current_app.test_request_context():
        example = finished_run(trial.demo, {field.name: field.default for field in trial.demo.fields})
    needed = "".join(f" --{field.name.replace('_', '-')} …" for field in trial.demo.fields if field.required)
    return None if example else f"Make one: flask demo {trial.demo.name}{needed} --keep “What it shows”"
