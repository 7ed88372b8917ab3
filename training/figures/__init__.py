"""The pictures of the posts, each drawn by a function: covers, diagrams, and results of the style encoder."""
