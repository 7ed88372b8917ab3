"""The covers of the posts: one still each, 640 px square, on the same paper with the same few inks."""

from heapq import heappop, heappush

import numpy as np
from PIL import Image

from training.figures.pen import BLUE, GOLD, INK, PAPER, PLUM, RED, RULE, SOFT, TEAL, Pen
from training.photographs import photograph
from training.styles.canvas import ramp

Cell = tuple[int, int]

SIDE = 640
MARGIN = 48
CELL = 34


def a_star() -> Image.Image:
    """What A* has looked at around a wall, from near (dark) to far, and the path it found."""
    pen = Pen(SIDE, SIDE)
    walls = {(8, y) for y in range(3, 13)} | {(x, 3) for x in range(5, 9)}
    start, goal = (4, 11), (13, 3)
    cost, path = _searched(walls, start, goal)
    for x in range(16):
        for y in range(16):
            left, top = MARGIN + CELL * x, MARGIN + CELL * y
            fill = "#e9e1d2"
            if (x, y) in cost:
                tone = ramp(np.array(cost[x, y] / 24), [(0, "#2f5fae"), (0.5, "#6fa6d6"), (1, "#cfe0e6")])
                fill = "#" + "".join(f"{int(255 * part):02x}" for part in tone)
            pen.box(
                (left + 1.5, top + 1.5, left + CELL - 1.5, top + CELL - 1.5), INK if (x, y) in walls else fill, round=4
            )
    middle = [(MARGIN + CELL * (x + 0.5), MARGIN + CELL * (y + 0.5)) for x, y in path]
    pen.line(middle, RED, 7)
    pen.disc(middle[0], 13, PAPER, RED, 6)
    pen.disc(middle[-1], 13, RED, PAPER, 3)
    return pen.finished()


def _searched(walls: set[Cell], start: Cell, goal: Cell) -> tuple[dict[Cell, int], list[Cell]]:
    cost, parent, frontier = {start: 0}, {start: start}, [(0, start)]
    while frontier and (cell := heappop(frontier)[1]) != goal:
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            near = (cell[0] + step[0], cell[1] + step[1])
            if near not in walls and 0 <= near[0] < 16 and 0 <= near[1] < 16 and near not in cost:
                cost[near], parent[near] = cost[cell] + 1, cell
                heappush(frontier, (cost[near] + abs(near[0] - goal[0]) + abs(near[1] - goal[1]), near))
    path = [goal]
    while path[-1] != start:
        path.append(parent[path[-1]])
    return cost, path


def bayes() -> Image.Image:
    """The unit square: the prior cuts it in width, the likelihoods in height; what is left is the posterior."""
    pen = Pen(SIDE, SIDE)
    left, top, right, bottom = 72, 72, 568, 568
    cut, ill, healthy = left + 0.24 * 496, bottom - 0.8 * 496, bottom - 0.3 * 496
    for level in range(top, bottom, 16):
        pen.line([(left, level), (right, level)], RULE, 2)
    pen.box((left, ill, cut, bottom), RED)
    pen.box((cut, healthy, right, bottom), BLUE)
    for x in np.linspace(left, right, 26)[1:-1]:
        for y in np.linspace(top, bottom, 26)[1:-1]:
            hit = y > (ill if x < cut else healthy)
            pen.disc((x, y), 4.2, PAPER if hit else SOFT)
    pen.line([(cut, top), (cut, bottom)], INK, 5)
    pen.box((left, top, right, bottom), None, INK, 5)
    return pen.finished()


def habits() -> Image.Image:
    """Three hundred and sixty-five days at one per cent more and one per cent less."""
    pen = Pen(SIDE, SIDE)
    left, right, bottom, top = 72, 568, 520, 84
    day = np.arange(0, 366, 5)
    x = left + (right - left) * day / 365
    for level in np.linspace(bottom, top, 6):
        pen.line([(left, level), (right, level)], RULE, 2)
    base = bottom - (bottom - top) / 37.8
    better = bottom - (bottom - top) * 1.01**day / 37.8
    worse = bottom - (bottom - top) * 0.99**day / 37.8
    pen.shape([(left, base), *zip(x, better, strict=True), (right, base)], GOLD)
    pen.line(zip(x, better, strict=True), RED, 7)
    pen.line(zip(x, worse, strict=True), BLUE, 7)
    for place, level in zip(x[::6], better[::6], strict=True):
        pen.disc((place, level), 9, PAPER, RED, 5)
    pen.line([(left, bottom), (right, bottom)], INK, 5)
    return pen.finished()


def object_detection_1() -> Image.Image:
    """One photograph, and how sure one is of four things in it."""
    pen = _print(photograph("coffee"))
    for row, (share, colour) in enumerate([(0.82, RED), (0.8, BLUE), (0.56, TEAL), (0.12, GOLD)]):
        top = 402 + 44 * row
        pen.box((MARGIN + 24, top, SIDE - MARGIN - 24, top + 30), PAPER, None, 0, 6)
        pen.box((MARGIN + 28, top + 4, MARGIN + 28 + share * (SIDE - 2 * MARGIN - 56), top + 26), colour, None, 0, 4)
    return pen.finished(0)


def object_detection_2() -> Image.Image:
    """One photograph, one box."""
    pen = _print(photograph("coffee"))
    pen.box((132, 66, 510, 566), None, PAPER, 9, 6)
    pen.box((133, 67, 509, 565), None, RED, 6, 6)
    for corner in ((133, 67), (509, 67), (133, 565), (509, 565)):
        pen.box((corner[0] - 8, corner[1] - 8, corner[0] + 8, corner[1] + 8), PAPER, RED, 4)
    return pen.finished(0)


def object_detection_3() -> Image.Image:
    """One photograph, sixteen cells, and the box that one of them was moved to."""
    pen = _print(photograph("astronaut"))
    side = (SIDE - 2 * MARGIN) / 4
    for row in range(4):
        for column in range(4):
            left, top = MARGIN + side * column, MARGIN + side * row
            pen.box((left + 3, top + 3, left + side - 3, top + side - 3), None, PAPER, 2.2, 4)
    cell = (MARGIN + side, MARGIN + side, MARGIN + 2 * side, MARGIN + 2 * side)
    pen.box(cell, None, PAPER, 10, 4)
    pen.box(cell, None, TEAL, 6, 4)
    for width, colour in ((10, PAPER), (6, RED)):
        pen.box((76, 62, 468, 590), None, colour, width, 6)
        pen.line([(cell[0], cell[1]), (80, 66)], colour, width - 2)
    return pen.finished(0)


def object_detection_4() -> Image.Image:
    """One photograph, three grids of anchors, and those that fit."""
    pen = _print(photograph("temple").crop((0, 0, 427, 427)))
    inside = SIDE - 2 * MARGIN
    for grid, colour in ((4, TEAL), (2, GOLD), (1, PLUM)):
        for row in range(grid):
            for column in range(grid):
                middle = [MARGIN + inside * (place + 0.5) / grid for place in (column, row)]
                for wide, high in ((1, 1), (1, 0.5), (0.5, 1)):
                    reach = 0.35 * inside / grid  # the zoom of 0.7
                    box = (
                        middle[0] - reach * wide,
                        middle[1] - reach * high,
                        middle[0] + reach * wide,
                        middle[1] + reach * high,
                    )
                    pen.box(box, None, colour, 1.6 + 1.2 / grid)
    for zoom in (0.7, 1.0):
        across, down = 0.25 * zoom * inside, 0.5 * zoom * inside
        pen.box((320 - across, 320 - down, 320 + across, 320 + down), None, RED, 7, 4)
    return pen.finished(0)


def _print(image: Image.Image) -> Pen:
    """A photograph as a square print with a paper border."""
    pen = Pen(SIDE, SIDE)
    pen.paste(image, (MARGIN, MARGIN, SIDE - MARGIN, SIDE - MARGIN))
    return pen
