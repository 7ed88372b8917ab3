"""The losses, against their definitions."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.algorithms.vision.losses import content_loss, gram, shares, style_loss, total_variation


def test_the_gradient_of_gram_is_exact_for_any_loss():
    """Also for one that treats the entries ij and ji apart, against autograd through the definition."""
    gradients = []
    chance = torch.Generator().manual_seed(0)
    features, weights = torch.rand((2, 5, 6, 7), generator=chance), torch.rand((5, 5), generator=chance)
    for definition in (gram, lambda x: torch.einsum("nihw,njhw->ij", x, x) / (2 * 6 * 7)):
        x = features.clone().requires_grad_()
        (weights * definition(x)).sum().backward()
        gradients.append(x.grad)
    torch.testing.assert_close(*gradients)


@given(st.integers(1, 2), st.integers(1, 5), st.integers(1, 6), st.integers(1, 6))
@settings(max_examples=30, deadline=None)
def test_gram_is_its_definition(n, c, h, w):
    features = torch.randn(n, c, h, w, generator=torch.Generator().manual_seed(h * w))
    naive = torch.zeros(c, c)
    for i in range(c):
        for j in range(c):
            naive[i, j] = (features[:, i] * features[:, j]).sum() / (n * h * w)
    torch.testing.assert_close(gram(features), naive)
    torch.testing.assert_close(gram(features), torch.einsum("nihw,njhw->ij", features, features) / (n * h * w))


def test_losses_are_shares_of_their_target():
    features = torch.rand(1, 3, 4, 4) + 0.1
    assert content_loss(features, features) == 0
    assert style_loss(features, gram(features)) == 0
    torch.testing.assert_close(content_loss(torch.zeros_like(features), features), torch.tensor(1.0))
    torch.testing.assert_close(style_loss(torch.zeros_like(features), gram(features)), torch.tensor(1.0))


def test_style_does_not_care_where():
    features = torch.rand(1, 3, 5, 5)
    torch.testing.assert_close(gram(features), gram(features.roll((2, 1), (2, 3))))


def test_total_variation_is_its_definition():
    x = torch.rand(1, 3, 4, 5)
    down = sum(float((x[..., i + 1, :] - x[..., i, :]).square().sum()) for i in range(3))
    across = sum(float((x[..., i + 1] - x[..., i]).square().sum()) for i in range(4))
    assert total_variation(x).item() == pytest.approx((down + across) / x.numel())
    assert total_variation(torch.rand(1, 3, 1, 1)) == 0


def test_a_weighted_gram_is_that_of_the_places_that_count():
    features = torch.rand(1, 3, 4, 6)
    left = torch.zeros(1, 1, 4, 6)
    left[..., :3] = 2.0  # half of the places count, and one on average
    torch.testing.assert_close(gram(features, left), gram(features[..., :3]))
    torch.testing.assert_close(gram(features, torch.ones(1, 1, 4, 6)), gram(features))


def test_the_gradient_of_a_weighted_gram_is_exact():
    gradients = []
    chance = torch.Generator().manual_seed(0)
    features, where = torch.rand((1, 5, 6, 7), generator=chance), torch.rand((1, 1, 6, 7), generator=chance)
    weights = torch.rand((5, 5), generator=chance)
    for definition in (lambda x: gram(x, where), lambda x: torch.einsum("nihw,njhw,nahw->ij", x, x, where) / 42):
        x = features.clone().requires_grad_()
        (weights * definition(x)).sum().backward()
        gradients.append(x.grad)
    torch.testing.assert_close(*gradients)


def test_content_counts_where_it_is_weighed():
    features, target = torch.rand(1, 3, 4, 6) + 0.1, torch.rand(1, 3, 4, 6) + 0.1
    target[..., :3] = features[..., :3]
    left = torch.cat([torch.full((1, 1, 4, 3), 2.0), torch.zeros(1, 1, 4, 3)], -1)
    assert content_loss(features, target, left) == 0
    torch.testing.assert_close(content_loss(features, target, 2 - left), 2 * content_loss(features, target))


def test_shares_sum_to_one():
    row = shares({"a": 3.0, "b": 1.0}, torch.zeros(()))
    torch.testing.assert_close(row, torch.tensor([0.75, 0.25]))
