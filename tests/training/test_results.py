"""Results are found again, by two commands at once and after half a row; keys stand for files and settings."""

import pytest

from training.results import Result, Results, key

ROW = Result(style=0.5, content=1.25, seconds=0.5, held_out=True)


def test_what_was_added_is_found_by_the_next_command(tmp_path):
    file, content, style = tmp_path / "new" / "kept.csv", tmp_path / "a, b.jpg", tmp_path / "c.jpg"
    Results(file).add("k", content, style, ROW)
    assert Results(file).find("k", content, style) == ROW
    assert Results(file).find("k", style, content) is None
    assert Results(file).find("other", content, style) is None


def test_two_commands_fill_one_file(tmp_path):
    file, one, other = tmp_path / "kept.csv", tmp_path / "1.jpg", tmp_path / "2.jpg"
    first, second = Results(file), Results(file)
    first.add("k", one, one, ROW)
    second.add("k", one, other, ROW)
    first.add("k", other, one, ROW)
    assert len(Results(file).known) == 3
    assert file.read_text().count("style_left") == 1


@pytest.mark.parametrize("lost", range(1, 12))
def test_half_a_row_is_no_result(tmp_path, lost):
    file, picture = tmp_path / "kept.csv", tmp_path / "1.jpg"
    Results(file).add("k", picture, picture, ROW)
    Results(file).add("l", picture, picture, ROW)
    file.write_text(file.read_text()[:-lost])
    assert Results(file).find("k", picture, picture) == ROW
    assert Results(file).find("l", picture, picture) is None
    Results(file).add("m", picture, picture, ROW)
    assert Results(file).find("m", picture, picture) == ROW


def test_without_a_file_results_live_as_long_as_the_run(tmp_path):
    results = Results()
    results.add("k", tmp_path, tmp_path, ROW)
    assert results.find("k", tmp_path, tmp_path) == ROW


def test_a_key_changes_with_a_file_and_with_a_setting(tmp_path):
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    first = key(file, 384, 0.5)
    assert key(file, 384, 0.5) == first
    assert key(file, 384, 0.6) != first
    file.write_bytes(b"two")
    assert key(file, 384, 0.5) != first
