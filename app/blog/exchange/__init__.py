"""Posts in from other programs and out again: as Hugo, Quarto, Jekyll, Nikola, Bear, Jupyter and we write them."""
