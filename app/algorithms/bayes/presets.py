"""Problems with known answers: three numbers, a question to guess at first, where they come from, and their words.

`words` say a result of whole people: “Of 103 women with a positive mammogram, 8 have cancer.” `total` is how many
people that takes.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.bayes.diagnosis import Test, people


def _preset(
    name: str, title: str, numbers: tuple[float, float, float], question: str, source: str, *words: str, total: int
) -> dict[str, Any]:
    prior, sensitivity, false_positive = numbers
    return {
        "name": name,
        "title": title,
        "prior": prior,
        "sensitivity": sensitivity,
        "false_positive": false_positive,
        "question": question,
        "source": source,
        "words": dict(zip(("one", "many", "is", "are"), words, strict=True)),
        "total": total,
    }


PRESETS = [
    _preset(
        "mammography",
        "Mammography",
        (0.01, 0.8, 0.096),
        "One woman in a hundred has breast cancer. The test finds 80 % of them, and alarms 9.6 % of the others. "
        "Hers is positive. How likely is cancer?",
        "Eddy (1982); Gigerenzer & Hoffrage (1995), Psychological Review 102, 684–704.",
        *("woman with a positive mammogram", "women with a positive mammogram", "has cancer", "have cancer"),
        total=1000,
    ),
    _preset(
        "rare disease",
        "A rare disease and a good test",
        (0.001, 0.99, 0.01),
        "One person in a thousand is ill. The test is right 99 times in 100, for the ill and for the healthy. "
        "Yours is positive. How likely are you ill?",
        "The textbook’s round numbers for the question of Casscells, Schoenberger & Graboys (1978), NEJM 299, 999.",
        *("positive", "positives", "is ill", "are ill"),
        total=100_000,
    ),
    _preset(
        "doctors",
        "What the doctors were asked",
        (0.001, 1.0, 0.05),
        "One person in a thousand is ill; the test alarms 5 % of the healthy. Taking it to find every ill one: "
        "how likely is somebody with a positive test ill? Most of sixty at Harvard said 95 %.",
        "Casscells, Schoenberger & Graboys (1978), Interpretation by physicians of clinical laboratory results.",
        *("positive", "positives", "is ill", "are ill"),
        total=1000,
    ),
    _preset(
        "spam",
        "A word in a mail",
        (0.4, 0.25, 0.005),
        "Two mails in five are spam. “Winner” is in a quarter of the spam and in one of 200 other mails. "
        "This mail says “winner”. How likely is it spam?",
        "The method of Sahami and others (1998), A Bayesian approach to filtering junk e-mail; numbers made up.",
        *("mail with the word", "mails with the word", "is spam", "are spam"),
        total=1000,
    ),
    _preset(
        "court",
        "The prosecutor’s fallacy",
        (1 / 10_000_001, 1.0, 1e-6),
        "The trace matches the accused, and matches one innocent person in a million. There is no other evidence, "
        "and 10,000,001 people could have left it. How likely is it the accused?",
        "Thompson & Schumann (1987), Law and Human Behavior 11, 167–187; the numbers are made up.",
        *("person who matches", "people who match", "left the trace", "left the trace"),
        total=10_000_001,
    ),
    _preset(
        "monty hall",
        "Monty Hall: he knows",
        (1 / 3, 1.0, 1 / 4),
        "You chose door 1 of three. The host, who knows where the car is, opens door 3: a goat. "
        "How likely is the car behind door 2?",
        "Selvin (1975), The American Statistician 29, 67 and 134.",
        *("game in which he opens door 3", "games in which he opens door 3"),
        *("has the car behind door 2", "have the car behind door 2"),
        total=1200,
    ),
    _preset(
        "monty fall",
        "Monty Hall: he slips",
        (1 / 3, 1 / 2, 1 / 4),
        "You chose door 1 of three. The host slips, falls against door 2 or 3, and it is door 3: a goat, by luck. "
        "How likely is the car behind door 2?",
        "Rosenthal (2008), Monty Hall, Monty Fall, Monty Crawl, Math Horizons 16, 5–7.",
        *("game in which he opens door 3 on a goat", "games in which he opens door 3 on a goat"),
        *("has the car behind door 2", "have the car behind door 2"),
        total=1200,
    ),
    _preset(
        "two children",
        "Two children, at least one girl",
        (1 / 4, 1.0, 2 / 3),
        "A family has two children, and not two boys. How likely are two girls?",
        "Gardner (1959), Mathematical Games, Scientific American 201.",
        *("family with a girl", "families with a girl", "has two", "have two"),
        total=1200,
    ),
    _preset(
        "elder child",
        "Two children, the elder a girl",
        (1 / 4, 1.0, 1 / 3),
        "A family has two children, and the elder is a girl. How likely are two girls?",
        "Gardner (1959), Mathematical Games, Scientific American 201.",
        *("family whose elder is a girl", "families whose elder is a girl", "has two girls", "have two girls"),
        total=1200,
    ),
    _preset(
        "tuesday",
        "Two children, a boy born on a Tuesday",
        (1 / 4, 13 / 49, 2 / 21),
        "A family has two children, and at least one of them is a boy born on a Tuesday. How likely are two boys?",
        "Foshee at the Gathering for Gardner (2010).",
        *("family with a boy born on a Tuesday", "families with a boy born on a Tuesday"),
        *("has two boys", "have two boys"),
        total=19_600,
    ),
    _preset(
        "vaccine",
        "Vaccinated and in hospital",
        (0.95, 0.001, 0.01),
        "95 % of a town are vaccinated. The vaccine spares nine of ten the hospital: 1 in 1,000 instead of 1 in 100. "
        "Which share of those in hospital is vaccinated?",
        "The base rate behind the screening method: Farrington (1993), Int. J. of Epidemiology 22; numbers made up.",
        *("patient in hospital", "patients in hospital", "is vaccinated", "are vaccinated"),
        total=100_000,
    ),
    _preset(
        "side effect",
        "A headache after the injection",
        (0.5, 0.463, 0.352),
        "In trials half got a vaccine and half salt water. 46.3 % of the first and 35.2 % of the others felt unwell. "
        "Somebody feels unwell. How likely was it the vaccine that they got?",
        "Haas and others (2022), JAMA Network Open 5, e2143955: systemic events after the first dose.",
        *("volunteer who felt unwell", "volunteers who felt unwell", "got the vaccine", "got the vaccine"),
        total=1000,
    ),
]

PLAIN = {"one": "positive", "many": "positives", "is": "is ill", "are": "are ill"}


def preset(name: str) -> tuple[Test, dict[str, Any]]:
    """The test and the rest of a preset. Raises KeyError."""
    found = {each["name"]: each for each in PRESETS}[name]
    return Test(found["prior"], found["sensitivity"], found["false_positive"]), found


def sentence(test: Test, words: dict[str, str] = PLAIN, total: int = 1000) -> str:
    """“Of 103 positives, 8 are ill.”: the whole people of the view of people, in one sentence."""
    whole = people(test, total)["whole"]
    found = whole["true_positive"]
    positives = found + whole["false_positive"]
    if not positives:
        return f"Of {total:,}, there is not one {words['one']}."
    noun = words["one"] if positives == 1 else words["many"]
    return f"Of {positives:,} {noun}, {found:,} {words['is'] if found == 1 else words['are']}."
