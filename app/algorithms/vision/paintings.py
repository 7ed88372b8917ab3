"""The paintings in the public domain whose statistics ship: the list alone, light to import."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Painting:
    """What one would read on the wall beside it."""

    title: str
    painter: str
    year: int

    @property
    def caption(self) -> str:
        """Such as “The Starry Night, Vincent van Gogh, 1889”."""
        return f"{self.title}, {self.painter}, {self.year}"


PAINTINGS = {
    "starry-night": Painting("The Starry Night", "Vincent van Gogh", 1889),
    "wheat-field": Painting("Wheat Field with Cypresses", "Vincent van Gogh", 1889),
    "olive-trees": Painting("Olive Trees", "Vincent van Gogh", 1889),
    "houses": Painting("Houses and Figure", "Vincent van Gogh", 1890),
    "night-cafe": Painting("The Night Café", "Vincent van Gogh", 1888),
    "self-portrait": Painting("Self-Portrait with a Straw Hat", "Vincent van Gogh", 1887),
    "great-wave": Painting("The Great Wave off Kanagawa", "Katsushika Hokusai", 1831),
    "the-scream": Painting("The Scream", "Edvard Munch", 1893),
    "tahiti": Painting("Three Tahitian Women", "Paul Gauguin", 1896),
    "woman-with-a-hat": Painting("Woman with a Hat", "Henri Matisse", 1905),
    "udnie": Painting("Udnie", "Francis Picabia", 1913),
    "edtaonisl": Painting("Edtaonisl", "Francis Picabia", 1913),
    "shipwreck": Painting("The Shipwreck of the Minotaur", "J. M. W. Turner", 1810),
}
