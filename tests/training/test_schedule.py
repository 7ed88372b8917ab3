"""The rate: up, then down, never above its highest."""

from training.schedule import schedule


def test_the_rate_rises_then_falls():
    rates = [schedule(step, 1000) for step in range(1, 1001)]
    assert rates.index(max(rates)) == 99
    assert rates[:100] == sorted(rates[:100]) and rates[99:] == sorted(rates[99:], reverse=True)
    assert 0 < rates[0] < 0.02 and 0 < rates[-1] < 0.03 and max(rates) <= 1
