"""Rectangles in two colours on noise, and a teacher that knows them by their colour."""

import numpy as np
import torch

from app.algorithms.vision.detection.loss import Objects
from training.labelled import labelled
from training.mosaics import Share


def pictures():
    """Grey noise with a red or a green rectangle, and one picture with nothing in it."""
    random, made = np.random.default_rng(0), []
    for label in (0, 1, 0, 1):
        picture = random.integers(60, 120, (70, 80, 3), dtype=np.uint8)
        x0, y0 = random.integers(0, 30, 2)
        picture[y0 : y0 + 35, x0 : x0 + 45] = np.eye(3, dtype=np.uint8)[label] * 255
        made.append(labelled(picture, [(x0, y0, x0 + 45, y0 + 35)], [label], [False]))
    return [*made, labelled(random.integers(60, 120, (70, 80, 3), dtype=np.uint8), (), (), ())]


KNOWN = [Share(pictures(), 1.0, known=True)]
UNKNOWN = [Share([labelled(each.picture, (), (), ()) for each in pictures()], 1.0, known=False)]


def by_colour(x):
    """A teacher that finds all red and all green on a canvas, and is fairly sure of it."""
    found = []
    for picture in x:
        boxes, classes = [], []
        for label in range(2):
            ys, xs = torch.where((picture[label] > 0.6) & (picture[[1 - label, 2]] < 0.4).all(0))
            if len(xs):
                boxes.append([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])
                classes.append([0.8 * (label == 0), 0.8 * (label == 1)])
        asked = torch.ones(len(boxes), dtype=torch.bool)
        found.append(Objects(torch.tensor(boxes).view(-1, 4).float(), torch.tensor(classes).view(-1, 2), asked))
    return found
