"""Bayes’ rule: one test in five views, tests in a row, a lost robot, a coin, a measurement, A against B.

Everything is a pure function of plain data, so that a browser can hold the same in JavaScript and compute alone.
"""

from app.algorithms.bayes.beta import Beta
from app.algorithms.bayes.comparison import compare
from app.algorithms.bayes.diagnosis import Test, views
from app.algorithms.bayes.gaussian import Gaussian
from app.algorithms.bayes.histogram import journey
from app.algorithms.bayes.presets import PRESETS, preset, sentence
from app.algorithms.bayes.sequence import in_sequence

__all__ = ["PRESETS", "Beta", "Gaussian", "Test", "compare", "in_sequence", "journey", "preset", "sentence", "views"]
