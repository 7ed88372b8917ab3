"""Eight puzzles: maps on which a search does what one may not expect."""

from .puzzle import (
    Puzzle,
    cells_in_the_swamp,
    first_meeting,
    jump_points,
    loss,
    ratio_of_ties,
    rules_that_pass,
    share_of_the_pocket,
)


def _rows(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIELD = ("........................",) * 14

PUZZLES = (
    Puzzle(
        word="pocket",
        title="The pocket",
        rows=_rows("""
            ........................
            ........................
            .......TTTTTTTTTT.......
            ................T.......
            ................T.......
            ................T.......
            ................T.......
            ................T.......
            ................T.......
            ................T.......
            .......TTTTTTTTTT.......
            ........................
            ........................
        """),
        start=(3, 6),
        goal=(21, 6),
        options={"diagonal": "never", "heuristic": "manhattan"},
        question="A pocket of walls lies between start and goal. How much of it does A* search before it goes around?",
        choices=("hardly any of it", "about half of it", "all of it"),
        answer=2,
        why="Inside the pocket g + h stays small: every cell there looks nearer to the goal than the way "
        "around. A* takes the cells with the smaller f first, and these are all the cells of the pocket.",
        found=share_of_the_pocket,
    ),
    Puzzle(
        word="plateau",
        title="The plateau",
        rows=_FIELD,
        start=(1, 1),
        goal=(22, 12),
        options={"diagonal": "never", "heuristic": "manhattan", "ties": "low-g"},
        question="No wall anywhere: every cell between start and goal has the same f. Here A* takes, of equal f, "
        "the cell nearest to the start. How many cells does it expand, against A* that takes the one "
        "farthest from the start?",
        choices=("as many", "about twice as many", "more than three times as many"),
        answer=2,
        why="All cells of the rectangle between start and goal have the same f. Nearest first goes through "
        "all of them; farthest first runs along one path.",
        found=ratio_of_ties,
    ),
    Puzzle(
        word="swamp",
        title="The swamp",
        rows=_rows("""
            ....................
            ....................
            .......555555.......
            .......555555.......
            .......555555.......
            .......555555.......
            .......555555.......
            ....................
            ....................
            ....................
        """),
        start=(2, 4),
        goal=(17, 4),
        options={"heuristic": "octile"},
        question="Every cell of the swamp costs five. The straight way crosses it. Which way is the cheapest?",
        choices=("straight through the swamp", "through a corner of it", "around it"),
        answer=2,
        why="Six cells of swamp cost 30. The way around has six diagonal moves, and costs 2.5 more than a way "
        "without swamp.",
        found=cells_in_the_swamp,
    ),
    Puzzle(
        word="lure",
        title="The lure",
        rows=_rows("""
            ....................
            ....................
            ....................
            ...999999999999.....
            ...999999999999.....
            ...999999999999.....
            ....................
            ....................
            ....................
        """),
        start=(1, 4),
        goal=(17, 4),
        options={"heuristic": "9 * octile"},
        question="The estimate is multiplied by nine, so it says far too much where the ground is easy. What does "
        "the path cost, against the cheapest?",
        choices=("as much", "up to a quarter more", "more than a quarter more"),
        answer=2,
        why="With nine times the estimate every step towards the goal seems to pay, even through cells that cost nine.",
        found=loss,
    ),
    Puzzle(
        word="corner",
        title="The corner",
        rows=_rows("""
            .....T....
            ....T.....
            ...T......
            ..T.......
            .T........
            T.........
        """),
        start=(0, 0),
        goal=(9, 5),
        options={"diagonal": "always", "heuristic": "octile"},
        question="The wall has no gap; its cells only touch at their corners. How many of the four rules for "
        "diagonals let the path through?",
        choices=("none", "one", "two", "three", "all four"),
        answer=1,
        why="Only “always” lets a path slip between two walls. The other rules want at least one free cell "
        "beside a diagonal move.",
        found=rules_that_pass,
    ),
    Puzzle(
        word="meeting",
        title="The meeting",
        rows=_rows("""
            .....T............
            .T..........T.TT..
            ..T.....T.......T.
            .T......TT........
            ....T..TT......T.T
            .....TTTT.....TT..
            ..T.T.............
            ..TT.T............
            ....T...........T.
            T.....T.......T..T
            ...T.T.........T..
        """),
        start=(1, 5),
        goal=(16, 5),
        options={"algorithm": "bidirectional", "heuristic": "octile"},
        question="Two searches, one from the start and one from the goal, have met for the first time. Is the path "
        "through that cell the cheapest?",
        choices=("yes", "no, a cheaper one turns up"),
        answer=1,
        why="Both ways to the cell are good, but another cell may lie on a better path through both. The "
        "searches may stop only when no open cell of one can lead to a cheaper path with any of the "
        "other.",
        found=first_meeting,
    ),
    Puzzle(
        word="jumps",
        title="The jump",
        rows=_FIELD,
        start=(2, 3),
        goal=(20, 10),
        options={"algorithm": "jps", "heuristic": "octile"},
        question="Jump point search on a field without walls. How many cells does it put on its open list on the "
        "way to the goal?",
        choices=("one or two", "about one in each row and column", "nearly all"),
        answer=0,
        why="Without walls there is only one place to turn: where the diagonal from the start comes to the "
        "goal's row. It looks at many cells to see that, but opens just this one and the goal.",
        found=jump_points,
    ),
    Puzzle(
        word="bound",
        title="The bound",
        rows=_rows("""
            TT...TT...T..T.T..TTT..T
            .T.TT.........T.....T...
            .....TTT.T.......TT...T.
            .T.....TT.......T....T..
            ...T....T.....T.T..T....
            .....T..........T.......
            ...T.TT...T.T.T..T.T..T.
            T.........T..TT.T......T
            T...........TTT.T.TT..T.
            .TT..T....TT..T..T..T...
            ..T...TT.TT...TT.......T
            T.......T...T.T..T......
            ..T........T.T...TT.T...
            ......T.....T...TT..T..T
        """),
        start=(1, 7),
        goal=(22, 7),
        options={"algorithm": "weighted", "weight": 3.0, "heuristic": "octile"},
        question="Weighted A* with w = 3 may return a path three times as long as the shortest. How much longer is "
        "this one?",
        choices=("not at all", "up to a quarter longer", "more than a quarter longer"),
        answer=1,
        why="The bound is for the worst case. The weight makes it run for the goal, and it errs only where a "
        "wall turns it the wrong way.",
        found=loss,
    ),
)
